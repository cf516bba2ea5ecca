from typing import Any

from django.conf import settings
from django.db.models import Model


class AppRouter:
    """
    Gives an app a database of its own: the alias in DATABASES that is named like the app.

    Everything else stays in "default". Relations must not cross databases.
    """

    def route(self, app_label: str) -> str:
        return app_label if app_label in settings.DATABASES else "default"

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return self.route(model._meta.app_label)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return self.route(model._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == self.route(app_label)
