"""Prove that a project installs, passes its tests, boots and keeps the HTTP contract."""

from scaffold.verify.contract import verify_url
from scaffold.verify.project import STEPS, doctor, verify_project

__all__ = ["STEPS", "doctor", "verify_project", "verify_url"]
