"""The statuses and errors that scripts rely on: the numbers of the README, each with its meaning."""

import pytest

from scaffold import errors
from scaffold.errors import ExitStatus, ScaffoldError


def test_every_status_has_the_number_that_scripts_know():
    assert {status.name: status.value for status in ExitStatus} == {
        "DONE": 0,
        "FAILED": 1,
        "USAGE": 2,
        "REFUSED": 3,
        "ENVIRONMENT": 4,
        "TEMPLATE": 5,
        "CONFLICTS": 6,
        "BUG": 70,
        "HANGUP": 129,
        "INTERRUPTED": 130,
        "QUIT": 131,
        "TERMINATED": 143,
    }


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("ScaffoldError", 1),
        ("InvalidInput", 2),
        ("TargetRefused", 3),
        ("EnvironmentProblem", 4),
        ("TemplateProblem", 5),
        ("ConflictsLeft", 6),
    ],
)
def test_each_kind_of_error_ends_with_its_status(kind, number):
    assert getattr(errors, kind)("what happened").status == number


def test_an_error_says_the_fact_and_the_next_step_apart():
    error = ScaffoldError("what happened", hint="what to do")
    assert (str(error), error.message, error.hint) == ("what happened", "what happened", "what to do")
    assert ScaffoldError("what happened").hint == ""
