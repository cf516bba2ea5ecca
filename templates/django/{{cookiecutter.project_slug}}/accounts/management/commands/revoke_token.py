from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Token


class Command(BaseCommand):
    help = "Ends a token of the API at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")

    def handle(self, *, name: str, **options: Any) -> None:
        deleted, _ = Token.objects.filter(name=name).delete()
        if not deleted:
            raise CommandError(f"There is no token {name}.")
