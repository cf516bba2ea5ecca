from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from .models import Token, User

admin.site.register(User, UserAdmin)


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin[Token]):
    list_display = ["name", "user", "rights", "created", "expiry"]
    list_filter = ["rights"]
    ordering = ["name"]
    search_fields = ["name", "user__username"]
    fields = ["name", "user", "rights", "created", "expiry"]
    readonly_fields = ["user", "created"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # `manage.py create_token` shows the token, which nobody can read afterwards.
