from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Token, User


class Command(BaseCommand):
    help = "Makes a token for the API and prints it: this once, as the last line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--rights", choices=Token.Rights.values, default=Token.Rights.READ)
        parser.add_argument("--user", help="whose it is, if not a new user's who cannot log in")

    @transaction.atomic
    def handle(self, *, name: str, rights: str, user: str | None, **options: Any) -> None:
        if Token.objects.filter(name=name).exists():
            raise CommandError(f"There is a token {name} already; revoke_token ends it.")
        owner = User.objects.filter(username=user or name).first()
        if not owner and user:
            raise CommandError(f"There is no user {user}.")
        owner = owner or User.objects.create_user(name)
        token, secret = Token.objects.create(owner, name=name, rights=rights)
        self.stdout.write(f"{name} may {rights} until {token.expiry:%Y-%m-%d}:")
        self.stdout.write(secret)
