"""The labelled cases: what teams answered, and which frameworks are sound advice for that.

``tests/recommend/decisions.toml`` and ``tests/recommend/cases`` hold them. The keys of a case:

- ``answers``: what the team would have answered to the interview; ``a`` and ``b`` in a pair
- ``chosen``: what was really taken; ``acceptable``: sound answers today; ``unacceptable``: what would
  embarrass an adviser, not exhaustive
- ``deciding``: questions that a good explanation names
- ``language_decided``: whether it was taken for its language; ``chosen_uses_first_language``: false where it
  is in another one than the strongest
- ``strength``: how firmly the label stands
- ``conflicting``: what cannot be had together, in each text the questions that ask for one of these;
  ``never_top1`` and ``highest_confidence``: what would be wrong then
- ``expectation`` of a pair, and ``check``: who moves up or down from ``a`` to ``b``, or is first in ``b``
"""

import tomllib
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parents[2] / "tests" / "recommend"
Case = dict[str, Any]


def read(name: str) -> list[Case]:
    """Return the cases of ``own``, ``real``, ``everyday``, ``contrast`` or ``contradictions``."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[Case] = yaml.load((TESTS / "cases" / f"{name}.yaml").read_bytes(), loader)  # noqa: S506 - it is safe
    return found


def read_first() -> list[Case]:
    """Return the cases of the first version, named by their stories; the infeasible ones accept nothing."""
    cases = tomllib.loads((TESTS / "decisions.toml").read_text(encoding="utf-8"))["decision"]
    return [{"id": case["story"], "acceptable": case["accept"], "unacceptable": [], **case} for case in cases]


def development() -> list[Case]:
    """Return all cases with an answer that the method was tuned on: T, then D."""
    return [*(case for case in read_first() if case["acceptable"]), *read("real"), *read("everyday")]
