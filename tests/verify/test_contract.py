import json
import re
import shlex
import sys

import pytest

from scaffold.errors import InvalidInput
from scaffold.verify.contract import CHECKS, check_contract, verify_url

SECRET = "correct-horse-battery-staple"  # noqa: S105 - guards nothing
# A way to break the service, the check that must notice, and what it must say.
DEFECTS = [
    ("EmptyHome", "home", "200 with an empty body"),
    ("NoHome", "home", "404 Not Found"),
    ("NotAlive", "health", "404 Not Found"),
    ("NotReady", "ready", "503 Service Unavailable"),
    ("PageForEverything", "unknown-page", "200 OK"),
    ("PageForUnknownPath", "unknown-path", "404 with content type text/html"),
    ("NoAllow", "wrong-method", "405 with Allow: (none)"),
    ("AnyMethod", "wrong-method", "404 Not Found"),
    ("AnySize", "too-large", "201 Created"),
    ("NoMeta", "list", "no field page and no field limit"),
    ("TextTotal", "list", 'meta.total is "0", not a whole number'),
    ("BareList", "list", "the body is a list, not an object"),
    ("HtmlType", "list", "200 with content type text/html"),
    ("NoMeta", "list-plain", "no field page and no field limit"),
    ("NoCap", "list-limit", "meta.limit is 1000000"),
    ("CrashesOnOddPage", "list-odd", "500 Internal Server Error"),
    ("NegativePages", "list-odd", "?page=0 gives meta.page 0 and meta.limit 20"),
    ("IgnoresLimit", "list-pages", "tasks on pages 1 and 2 with limit=1"),
    ("IgnoresPage", "list-pages", "the same task on pages 1 and 2"),
    ("CountsThePage", "list-counts", "meta.total was 0 and is 0 with one task more"),
    ("Created200", "create", "200 OK"),
    ("NoUpdated", "create", "no field updated"),
    ("IgnoresDone", "create", "done is false, not true"),
    ("HtmlType", "create", "201 with content type text/html"),
    ("NoLocation", "create-location", "201 without Location"),
    ("WrongLocation", "create-location", "404 Not Found"),
    ("DoneByDefault", "create-done", "done is true, not false"),
    ("NumberForDone", "create-done", "done is 0, not false"),
    ("LocalTime", "create-times", 'created is "2026-11-22T10:00:00+02:00"'),
    ("NoZone", "create-times", 'created is "2026-11-22 10:00:00"'),
    ("ReadsNothing", "read", "404 Not Found"),
    ("ReplacesOnPatch", "change-done", 'title is "", not "Buy milk"'),
    ("ReplacesOnPatch", "change-title", "done is false, not true"),
    ("ForgetsChanges", "change-persists", 'title is "Buy milk", not "Buy bread"'),
    ("NeverDatesChanges", "change-updated", "before and after a change"),
    ("DatesEverythingAnew", "change-updated", 'and is "2020-01-01T00:00:00Z"'),
    ("TellsSecret", "no-secret", "a secret in the answer with 200"),
    ("Deleted200", "delete", "200 OK"),
    ("KeepsDeleted", "delete", "200 OK"),
    ("DeletesTwice", "delete", "204 No Content"),
    ("CrashesOnOddId", "unknown-id", "500 Internal Server Error"),
    ("UnknownIsNull", "unknown-id", "200 OK"),
    ("CreatesByPatch", "unknown-change", "200 OK"),
    ("PlainErrors", "unknown-id", "404 with content type application/json"),
    ("OtherStatusInBody", "unknown-id", "status 404, and 500 in the body"),
    ("NoErrors", "title-blank", "no field errors"),
    ("TextErrors", "title-blank", "errors.title is text, not a list of messages"),
    ("Invalid200", "title-long", "200 OK"),
    ("TitleOptional", "title-missing", "201 Created"),
    ("BlankTitles", "title-blank", "201 Created"),
    ("LongTitles", "title-long", "201 Created"),
    ("ShortTitles", "title-bounds", "422 Unprocessable"),
    ("CountsBytes", "title-bounds", "422 Unprocessable"),
    ("NeverTrims", "title-trimmed", 'title is "  Buy milk \\n", not "Buy milk"'),
    ("CountsBeforeTrimming", "title-trimmed", "422 Unprocessable"),
    ("EscapesTitles", "title-any-text", 'title is "&lt;b>'),
    ("TakesObjects", "title-type", "201 Created"),
    ("PatchesBeforeValidating", "change-invalid", "done is true after a refused change"),
    ("Malformed422", "json-malformed", "422 Unprocessable"),
    ("Malformed500", "json-malformed-change", "500 Internal Server Error"),
    ("CrashesOnList", "json-not-object", "500 Internal Server Error"),
    ("CrashesOnNul", "json-hostile", "500 Internal Server Error"),
    ("StrictFields", "unknown-fields", "422 Unprocessable"),
    ("MassAssignment", "unknown-fields", "id was taken from the request"),
    ("MassAssignmentOnPatch", "unknown-fields-change", "created was taken from the request"),
    ("ShowsTraceback", "no-trace", "`Traceback (most recent call last)` in the answer with 404"),
    ("FailsOnPage", "no-failure", "500 Internal Server Error"),
    ("NotAlive", "still-alive", "404 Not Found"),
]
# The two that end or print what only a process of its own has are in test_project.py.
ELSEWHERE = {"Sound", "Hangs", "DiesOnFirstRequest", "SaysSecret"}


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Let no second pass between a task and its change: the services here tell time in microseconds."""
    monkeypatch.setattr(sys.modules["scaffold.verify.contract.tasks"], "TICK", 0.0)


def contract(served, name):
    with served(name) as (url, _):
        return {check.id: check for check in check_contract(url, secrets={SECRET}, timeout=5)}


def test_a_sound_service_keeps_every_check_and_nothing_of_it_stays(served):
    with served("Sound") as (url, server):
        checks = verify_url(url).checks
        assert [check.id for check in checks if check.outcome != "passed"] == ["no-secret"]
        assert server.tasks == {}


def test_the_secrets_of_a_foreign_service_are_not_known(served):
    with served("Sound") as (url, _):
        check = next(check for check in verify_url(url).checks if check.id == "no-secret")
    assert (check.outcome, check.found) == ("skipped", "the secrets of the service are not known")


@pytest.mark.parametrize(("defect", "check", "found"), DEFECTS)
def test_a_broken_service_is_caught_and_a_person_is_told(served, defect, check, found):
    level = next(each.level for each in CHECKS if each.id == check)
    check = contract(served, defect)[check]
    assert check.outcome == ("failed" if level == "must" else "warned")
    assert found in check.found
    assert check.expected
    assert check.detail.startswith("> ")
    assert check.repeat


def test_every_check_has_a_service_that_breaks_it():
    assert {check.id for check in CHECKS} == {check for _, check, _ in DEFECTS}


def test_every_broken_service_is_used(tiny):
    assert set(tiny.handlers()) == {defect for defect, _, _ in DEFECTS} | ELSEWHERE


def test_ids_of_checks_are_unique():
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_a_check_that_rests_on_a_broken_one_is_skipped_and_says_so(served):
    check = contract(served, "Created200")["read"]
    assert (check.outcome, check.found) == ("skipped", "no task can be created, which is a check of its own")


def test_a_service_that_hangs_is_left_after_three_requests(served):
    with served("Hangs") as (url, server):
        checks = list(check_contract(url, secrets={SECRET}, timeout=0.2))
        server.released.set()
    waited = [check.id for check in checks if check.found == "no answer in 0 s"]
    skipped = [check for check in checks if check.outcome == "skipped"]
    assert len(waited) == 3
    assert all(check.found == "the service left 3 requests without an answer" for check in skipped)
    assert len(skipped) > 30


def test_the_request_and_the_answer_are_shown(served):
    detail = contract(served, "NoLocation")["create-location"].detail
    assert "> POST /api/tasks" in detail
    assert '> {"title": "Buy milk"}' in detail
    assert "< 201 Created" in detail
    assert '"title": "Buy milk"' in detail.partition("< 201")[2]


def test_the_command_to_repeat_sends_the_same_request(served):
    repeat = contract(served, "LongTitles")["title-long"].repeat
    words = shlex.split(repeat)
    assert words[:4] == ["curl", "-i", "-X", "POST"]
    assert words[words.index("-H") + 1] == "Content-Type: application/json"
    assert json.loads(words[-1]) == {"title": "x" * 201}


def test_commands_name_the_address_a_person_will_use(served):
    with served("NoHome") as (url, _):
        check = next(check_contract(url, shown_base="http://127.0.0.1:8000"))
    assert check.repeat == "curl -i -X GET http://127.0.0.1:8000/"


def test_checks_are_reported_as_they_end(served):
    seen = []
    with served("Sound") as (url, _):
        verification = verify_url(url, on_check=seen.append)
    assert tuple(seen) == verification.checks


def test_an_address_without_a_scheme_is_taken_as_http(served):
    with served("Sound") as (url, _):
        assert verify_url(url.removeprefix("http://")).checks[0].outcome == "passed"


def test_nothing_there_is_said_once():
    failed, skipped = verify_url("http://127.0.0.1:1", timeout=2).checks
    assert (failed.outcome, skipped.outcome) == ("failed", "skipped")
    assert failed.sentence == "A service listens at http://127.0.0.1:1"
    assert failed.found == skipped.found == "nothing listens there"


def test_silence_passes_no_check():
    checks = list(check_contract("http://127.0.0.1:1", secrets={SECRET}))
    assert not [check.id for check in checks if check.outcome == "passed"]
    silent = {check.id for check in checks if check.found == "nothing was answered"}
    assert silent == {"no-trace", "no-secret", "no-failure"}


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org", "http://", "", "http://host:port", "http://[::1", "http://[x]", "a..b"),
        *("http://a b", f"http://{'x' * 64}.org", "http://host/é", "http://host/\x01"),
    ],
)
def test_what_is_no_address_is_invalid_input(url):
    with pytest.raises(InvalidInput, match="not the address of a service"):
        verify_url(url)


@pytest.mark.parametrize(
    "url", ["http://me:pw@127.0.0.1:1", "me:pw@host", "http://me:pw@[::1", "http://me:p/w@h"]
)
def test_a_password_in_an_address_is_not_shown(url):
    with pytest.raises(InvalidInput) as caught:
        verify_url(url)
    assert "without a user name or a password" in caught.value.hint
    assert "`…@" in caught.value.message
    assert not {"me", "pw", "p/w"} & set(re.split(r"[:@`]", caught.value.message))


def test_an_interrupt_still_removes_the_tasks_that_were_created(served):
    def interrupt(check):
        if check.id == "create-location":
            raise KeyboardInterrupt

    with served("Sound") as (url, server):
        with pytest.raises(KeyboardInterrupt):
            verify_url(url, on_check=interrupt)
        assert server.tasks == {}
        assert server.last > 0
