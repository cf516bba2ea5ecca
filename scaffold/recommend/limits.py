"""What cannot be at all: a language that was ruled out, and a place where a framework does not run."""

from scaffold.model.recommendation import Demand
from scaffold.recommend.field import Entry
from scaffold.recommend.scoring import Case

ONLY = Demand("language_policy", "only")
SHARED = Demand("hosting", "shared")
WINDOWS = Demand("hosting", "windows")
LIMITS = (ONLY, SHARED, WINDOWS)


def breaks(case: Case, entry: Entry) -> tuple[Demand, ...]:
    """Return the limits that rule a framework out."""
    named = [name for name in case.chosen("languages") if name != "none"]
    broken = {
        ONLY: bool(named) and entry.language not in named,
        SHARED: not case.field.languages[entry.language].shared,
        WINDOWS: not entry.framework.windows,
    }
    return tuple(limit for limit in LIMITS if broken[limit] and limit.answer in case.chosen(limit.question))
