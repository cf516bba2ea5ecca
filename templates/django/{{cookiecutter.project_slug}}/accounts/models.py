from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """The project's own user model: there from the start, because it is hard to change later."""
