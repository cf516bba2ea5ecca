"""How a verification is shown: live while it runs, then a table of checks, or as JSON."""

from collections import Counter
from collections.abc import Iterator

from scaffold.console import Console
from scaffold.errors import ExitStatus
from scaffold.model.verification import Check, FoundTool, Verification

_MARKS = {
    "passed": ("ok", True),
    "failed": ("FAILED", False),
    "warned": ("warning", False),
    "skipped": ("skipped", True),
}


class LiveOutput:
    """Shows checks as they end, and the last line of output of what is running meanwhile."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def check(self, check: Check) -> None:
        """Show a check that ended, and what a person needs when it did not pass."""
        word, good = _MARKS[check.outcome]
        seconds = f"  {check.seconds:.1f} s" if check.seconds >= 0.1 else ""  # noqa: PLR2004 - shorter is no news
        self._console.status(word, f"{check.step:<9}{check.sentence}{seconds}", good=good)
        for line in _explanation(check):
            self._console.say(f"{'':11}{line}")

    def line(self, line: str) -> None:
        """Show what the running command says, until the next line."""
        self._console.progress(line)


def summary(verification: Verification) -> str:
    """Return how many checks ended how, in one line."""
    counts = Counter(check.outcome for check in verification.checks)
    parts = [f"{count} {outcome}" for outcome, count in counts.most_common()]
    return f"{verification.subject}: {', '.join(parts)}"


def exit_status(verification: Verification) -> ExitStatus:
    """Return 0, 1 when a check failed, or 4 when that was for want of a tool."""
    failed = [check for check in verification.checks if check.outcome == "failed"]
    if any(check.step == "doctor" for check in failed):
        return ExitStatus.ENVIRONMENT
    return ExitStatus.FAILED if failed else ExitStatus.DONE


def tool_line(tool: FoundTool) -> str:
    """Return one tool on one line: what is needed, and what is here."""
    here = f"{tool.version} at {tool.path}" if tool.path else "not found"
    return f"{tool.name} {tool.needs}".ljust(22) + f"  {here}"


def _explanation(check: Check) -> Iterator[str]:
    if check.outcome in {"passed", "skipped"}:
        if check.outcome == "skipped" and check.found:
            yield check.found
        return
    if check.expected:
        yield f"expected  {check.expected}"
    if check.found:
        yield f"found     {check.found}"
    yield from check.detail.splitlines()
    if check.repeat:
        yield f"repeat    {check.repeat}"
