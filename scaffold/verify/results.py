"""What comes of a check: passed, failed with the difference, or skipped with the reason."""

from collections.abc import Collection, Iterable, Iterator

from scaffold.model.verification import Check

_STEPS = {
    "lock": "The versions of all dependencies are locked",
    "install": "The dependencies can be installed",
    "lint": "The code is clean",
    "test": "The tests pass",
    "boot": "The production server starts",
    "contract": "The server keeps the HTTP contract",
    "strengths": "The strengths that the starter claims hold",
    "stop": "The server stops when it is told to",
}


def result(  # noqa: PLR0913 - what is known of one check
    id: str,
    step: str,
    sentence: str,
    problem: str,
    *,
    expected: str,
    detail: str = "",
    repeat: str = "",
    seconds: float = 0.0,
    remark: str = "",
) -> Check:
    """Return a check: failed with ``problem``, what was found, or without one passed, with ``remark``."""
    if not problem:
        return Check(id=id, step=step, sentence=sentence, outcome="passed", seconds=seconds, found=remark)
    return Check(
        id=id,
        step=step,
        sentence=sentence,
        outcome="failed",
        seconds=seconds,
        expected=expected,
        found=problem,
        detail=detail,
        repeat=repeat,
    )


def skipped(id: str, step: str, sentence: str, why: str) -> Check:
    """Return a check that could not be made."""
    return Check(id=id, step=step, sentence=sentence, outcome="skipped", seconds=0.0, found=why)


def skipped_steps(steps: Iterable[str], wanted: Collection[str], why: str) -> Iterator[Check]:
    """Yield a skipped check for each of the ``steps`` that was ``wanted``."""
    yield from (skipped(step, step, _STEPS[step], why) for step in steps if step in wanted)
