"""How old what was read may be before it is no longer relied on."""

from collections.abc import Mapping
from datetime import date

MONTHS: Mapping[str, int] = {
    "release": 9,
    "longevity": 12,
    **dict.fromkeys(("speed", "tbm_rps", "tfb_rps"), 24),
}
"""How long what was read may be relied on, by criterion or fact; ``release`` is that and its support."""
_OTHERWISE = 18


def is_overdue(checked_on: date, kind: str, today: date) -> bool:
    """Return whether something of a kind was looked at longer ago than it may be relied on."""
    return months_between(checked_on, today) >= MONTHS.get(kind, _OTHERWISE)


def months_between(start: date, end: date) -> int:
    """Return the whole months from one day to another, 0 where the second is earlier."""
    months = 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)
    return max(0, months)


def long_ago(checked_on: date, kind: str, today: date) -> str:
    """Return how long ago something of a kind was checked where it is overdue, else an empty text."""
    months = months_between(checked_on, today)
    return f"checked {months} months ago" if is_overdue(checked_on, kind, today) else ""
