"""The day it is, as this machine has it."""

from datetime import date, datetime


def today() -> date:
    """Return the day it is here."""
    return datetime.now().astimezone().date()
