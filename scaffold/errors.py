"""How a command can end: the exit statuses, and the errors that carry them.

An error says the fact in ``message`` and what to do next in ``hint``. It is
raised where the fact is known, prints nothing, and becomes text and an exit
status in one place, the boundary in ``scaffold.cli``.
"""

from enum import IntEnum


class ExitStatus(IntEnum):
    """Every status a ``scaffold`` command ends with; the README has the same table."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    ENVIRONMENT = 4
    TEMPLATE = 5
    CONFLICTS = 6
    BUG = 70
    HANGUP = 129
    INTERRUPTED = 130
    QUIT = 131
    TERMINATED = 143


class ScaffoldError(Exception):
    """A problem that a person can act on."""

    status = ExitStatus.FAILED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InvalidInput(ScaffoldError):
    """An answer, option or file that was given cannot be used."""

    status = ExitStatus.USAGE


class TargetRefused(ScaffoldError):
    """The place to write to is taken."""

    status = ExitStatus.REFUSED


class EnvironmentProblem(ScaffoldError):
    """The machine lacks something: a tool, a permission, space."""

    status = ExitStatus.ENVIRONMENT


class TemplateProblem(ScaffoldError):
    """A template folder is incomplete, wrong or unsafe."""

    status = ExitStatus.TEMPLATE


class ConflictsLeft(ScaffoldError):
    """The work is done, and some files are left for the user to decide on."""

    status = ExitStatus.CONFLICTS
