"""What a check says: the difference when it failed, why when it was skipped, else a remark at most."""

from scaffold.verify.results import result, skipped_steps
from scaffold.verify.steps import STEPS


def made(problem):
    return result(
        "id", "boot", "It runs", problem, expected="an end", detail="line", repeat="make", remark="quick"
    )


def test_a_failed_check_holds_the_difference_and_how_to_see_it_again():
    check = made("no end")
    assert (check.outcome, check.expected, check.found) == ("failed", "an end", "no end")
    assert (check.detail, check.repeat) == ("line", "make")


def test_a_passed_check_holds_nothing_but_the_remark():
    check = made("")
    assert (check.outcome, check.found) == ("passed", "quick")
    assert (check.expected, check.detail, check.repeat) == ("", "", "")


def test_every_wanted_step_after_the_first_is_skipped_with_the_reason():
    checks = list(skipped_steps(STEPS[1:], {"lint", "stop", "doctor"}, "`install` failed"))
    assert [(check.id, check.outcome, check.found) for check in checks] == [
        ("lint", "skipped", "`install` failed"),
        ("stop", "skipped", "`install` failed"),
    ]
    assert len(list(skipped_steps(STEPS[1:], STEPS, ""))) == len(STEPS) - 1
