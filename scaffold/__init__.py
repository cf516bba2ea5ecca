"""Recommend a back-end framework, render its starter project, prove that it runs.

The functions of ``scaffold.api`` and the types they take and give can be had from here;
they are imported on first use, so that ``import scaffold`` costs nothing. docs/api.md shows them.
"""

import sys
from types import ModuleType

TYPE_CHECKING = False  # as type checkers read it; to import it takes longer than all the rest here
if TYPE_CHECKING:
    from scaffold.api import *  # noqa: F403 - exactly the names below

__version__ = "0.2.0"

__all__ = [
    "Candidate",
    "Check",
    "Choice",
    "ConflictsLeft",
    "EnvironmentProblem",
    "ExitStatus",
    "InvalidInput",
    "Plan",
    "PlannedFile",
    "Project",
    "Question",
    "Recommendation",
    "RenderedFile",
    "ScaffoldError",
    "TargetRefused",
    "Template",
    "TemplateProblem",
    "Verification",
    "as_json",
    "create",
    "plan",
    "questions",
    "recommend",
    "render",
    "report",
    "templates",
    "verify",
]


class _Package(ModuleType):
    """The package itself: some of its functions are called as the packages in it that do the work."""

    def __getattr__(self, name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from scaffold import api

        return getattr(api, name)

    def __setattr__(self, name: str, value: object) -> None:
        """Let no function be hidden by the package of its name when that is imported."""
        if name not in __all__:
            super().__setattr__(name, value)
        elif not isinstance(value, ModuleType):
            raise AttributeError(f"`scaffold.{name}` cannot be set")

    def __dir__(self) -> list[str]:
        return ["__version__", *__all__]


sys.modules[__name__].__class__ = _Package
