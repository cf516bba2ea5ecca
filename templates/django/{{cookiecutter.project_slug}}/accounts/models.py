from django.contrib.auth.models import AbstractUser
from django.db import models
from knox.models import AbstractAuthToken


class User(AbstractUser):
    """The project's own user model: there from the start, because it is hard to change later."""


class Token(AbstractAuthToken):
    """What lets a program use the API. Only a hash is stored: see `manage.py create_token`."""

    class Rights(models.TextChoices):
        READ = "read"
        READ_WRITE = "read,write", "Read and write"

    name = models.CharField(max_length=150, unique=True)
    rights = models.CharField(max_length=20, choices=Rights)

    def __str__(self) -> str:
        return self.name

    def has_right(self, right: str) -> bool:
        return right in self.rights.split(",")
