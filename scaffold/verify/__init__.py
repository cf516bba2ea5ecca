"""Prove that a project installs, passes its tests, boots and keeps the HTTP contract."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scaffold.verify.contract import verify_url
    from scaffold.verify.project import doctor, verify_project

__all__ = ["doctor", "verify_project", "verify_url"]


def __getattr__(name: str) -> object:
    """Import on demand: who only reads a template's record needs neither HTTP nor processes."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "contract" if name == "verify_url" else "project"
    return getattr(import_module(f"{__name__}.{module}"), name)
