"""The day it is: asked for once a command, and handed on from there."""

from datetime import date, datetime


def today() -> date:
    """Return the day it is here."""
    return datetime.now().astimezone().date()
