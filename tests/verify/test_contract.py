import json
import re
import shlex
import sys

import pytest

from scaffold.errors import InvalidInput
from scaffold.verify.client import Client
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
    ("WaitsForTheBody", "size-declared", "no answer in 2 s"),
    ("OpenApi", "token-missing", "200 OK"),
    ("AsksForNoToken", "token-missing", "401 with WWW-Authenticate: (none)"),
    ("ShortTokens", "token-length", "11 characters"),
    ("TakesBasic", "token-basic", "200 OK"),
    ("TakesLongerTokens", "token-unknown", "200 OK"),
    ("TakesTokenInQuery", "token-query", "200 OK"),
    ("HidesRights", "token-me", 'rights is [], not ["read", "write"]'),
    ("ReadersWrite", "token-rights", "201 Created"),
    ("ReadersPost", "token-rights-plain", "200 OK"),
    ("OpenUnknownPath", "token-unknown-path", "200 OK"),
    ("TellsWhichTasks", "token-same", "another 401 for a task that is there"),
    ("TakesCookie", "token-cookie", "200 OK"),
    ("StoresTokens", "token-stored", "the token stands in tiny.sqlite3"),
    ("NeverRevokes", "token-revoked", "200 OK"),
    ("LosesChanges", "both-last", "a change was lost in"),
    ("OpenPages", "pages-closed", "200 OK"),
    ("SendsElsewhere", "pages-closed", "302 to /"),
    ("EmptyPages", "pages", "200 without the title of a task"),
    ("DeadForm", "pages-form", "303 See Other, and no task"),
    ("HidesItsPages", "pages-form", "Referrer-Policy: no-referrer on a page with a form"),
    ("TakesForgedForms", "pages-forged", "303 See Other, and a task"),
    ("ReadersFillIn", "pages-rights", "303 See Other, and a task"),
    ("OwnIds", "id-taken", "from GET / (200)"),
    ("NoIdUnasked", "id-made", "no X-Request-ID from GET / (200)"),
    ("NoIdOnErrors", "id-made", "no X-Request-ID from GET /no-such-page (404)"),
    ("EchoesIds", "id-cleaned", "X-Request-ID: two words for two words"),
    ("AnyHost", "host", "200 OK from GET /"),
    ("HostForProbes", "host", "400 Bad Request from GET /healthz"),
    ("BelievesForwarded", "forwarded", "203.0.113.77 in the log"),
    ("RedirectsToForwarded", "forwarded", "forwarded.example in the answer to GET /no-such-page"),
    ("LogsQuery", "log-access", 'the path is "/?page=1", not "/"'),
    ("LogsNoStatus", "log-access", "no status in the line of GET /"),
    ("LogsTwice", "log-access", "2 lines with the id and the path of GET /"),
    ("SaysPlain", "log-json", "a line that is no JSON: GET done"),
    ("LogsProbes", "log-probes", "a line for /healthz"),
    ("LogsHeaders", "log-secrets", "a line with what was sent as agent"),
    ("LogsBodies", "log-secrets", "a line with what was sent as invalid"),
    ("NoDocument", "api-document", "no `openapi` that begins with 3.1."),
    ("InvalidDocument", "api-document", "info: 'title' is a required property"),
    ("DocumentOfOneHost", "api-document", "the server https://tiny.example/"),
    ("DocumentWithPatterns", "api-document", "a pattern with \\p{…}"),
    ("ForgetsOperation", "api-document", "DELETE /api/tasks/{id} is not in it"),
    ("OpenDocument", "api-document", "GET /api/me has no security scheme of type bearer"),
    ("ForgetsStatus", "api-document", "403 from POST /api/tasks is not among its responses"),
    ("DocumentOfAnother", "api-document", "201 from POST /api/tasks: done: False is not of type 'string'"),
    ("PlainForbidden", "problem", "403 with content type text/plain"),
]
# What only a process of its own shows is in test_project.py, what is claimed beyond it in test_strengths.py.
ELSEWHERE = {
    *("Sound", "Hangs", "DiesOnFirstRequest", "SaysSecret", "WithoutTasks", "TooOften"),
    *("AnyApiRate", "NoRetryAfter", "OneRateForAll", "AnyLoginRate", "LocksAddresses", "LogsAlways"),
    *("TellsErrors", "HidesErrors", "NeverSaysDraining", "KeepsConnections", "AnswersEarly"),
    *("WeakTags", "OneTag", "TakesBothChanges", "NoTrace", "RouteIsPath", "DocsFromElsewhere"),
    *("DocsForbidden", "MissingAssets", "NeverCuts", "OneAtATime", "DeafStream", "OpenStream"),
}
OF_ALL_ANSWERS = {"api-document", "problem", "no-trace", "no-secret", "no-failure"}
SHOWN_BY_WORDS = {"token-length", "token-stored"}


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Let no second pass between a task and its change: the services here tell time in microseconds."""
    monkeypatch.setattr(sys.modules["scaffold.verify.contract.tasks"], "TICK", 0.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.contract.concurrency"], "PAIRS", 5)
    monkeypatch.setattr(sys.modules["scaffold.verify.served"], "PATIENCE", 0.3)


@pytest.fixture
def contract(served, client):
    """Hold a service against one check, or all; where it is about people, as a project with accounts."""

    def checked(name, only=""):
        checks = [check for check in CHECKS if check.id == only and only not in OF_ALL_ANSWERS] or CHECKS
        lacks = {"basic": "people log in by a form"} if only == "token-cookie" else {"login": "no accounts"}
        with served(name) as (url, server):
            server.store.add("verify@example.com", SECRET)
            visitor = client(url, server, timeout=5, lacks=lacks)
            return {check.id: check for check in check_contract(visitor, checks=checks)}

    return checked


def test_a_sound_service_keeps_every_check_and_nothing_of_it_stays(served, client):
    with served("Sound") as (url, server):
        checks = list(check_contract(client(url, server)))
        assert [check.id for check in checks if check.outcome != "passed"] == ["token-cookie"]
        assert server.tasks == {}


def test_a_project_whose_people_log_in_keeps_every_check_too(served, client, monkeypatch):
    monkeypatch.setenv("ACCOUNTS", "1")
    with served("Sound") as (url, server):
        server.store.add("verify@example.com", SECRET)
        checks = list(check_contract(client(url, server, lacks={"basic": "people log in by a form"})))
    assert [check.id for check in checks if check.outcome != "passed"] == ["pages-rights"]


def test_without_the_example_what_is_about_tasks_is_skipped_and_the_rest_holds(served, client):
    with served("WithoutTasks") as (url, server):
        checks = list(check_contract(client(url, server, lacks={"example": "left out", "login": "none"})))
    outcomes = {check.id: check.outcome for check in checks}
    assert not [id for id, outcome in outcomes.items() if outcome not in {"passed", "skipped"}]
    assert {outcomes[id] for id in ("create", "both-last", "pages", "token-rights")} == {"skipped"}
    assert {outcomes[id] for id in ("token-rights-plain", "log-access", "id-taken", "api-document")} == {
        "passed"
    }


def test_a_running_service_is_held_against_what_its_answers_show(served):
    with served("Sound") as (url, server):
        token = server.store.make("mine", "read,write")
        checks = verify_url(url, token=token).checks
        assert server.tasks == {}
    assert {check.outcome for check in checks} == {"passed", "skipped"}
    skipped = {check.id for check in checks if check.outcome == "skipped"}
    assert {"no-secret", "log-access", "token-revoked", "token-rights"} <= skipped
    assert not {"create", "both-last", "token-me", "id-taken", "api-document"} & skipped


def test_a_service_that_is_not_given_a_token_is_asked_for_what_needs_none(served):
    with served("Sound") as (url, _):
        checks = {check.id: check for check in verify_url(url).checks}
    assert {check.outcome for check in checks.values()} == {"passed", "skipped"}
    assert checks["create"].found == "a token is needed: --token"
    assert checks["token-missing"].outcome == "passed"


def test_a_service_that_asks_to_wait_is_asked_again(served, monkeypatch):
    paused = []
    with served("TooOften") as (url, server):
        monkeypatch.setattr(sys.modules["scaffold.verify.client"].time, "sleep", paused.append)
        checks = verify_url(url, token=server.store.make("mine", "read,write")).checks
    assert {check.outcome for check in checks} == {"passed", "skipped"}
    assert set(paused) >= {7}


def test_no_token_is_in_what_is_reported(served):
    with served("Created200") as (url, server):
        token = server.store.make("mine", "read,write")
        checks = verify_url(url, token=token).checks
    check = next(check for check in checks if check.id == "create")
    assert "> Authorization: Bearer $TOKEN" in check.detail
    assert '-H "Authorization: Bearer $TOKEN"' in check.repeat
    assert not any(token in f"{check}" for check in checks)


def test_the_secrets_of_a_foreign_service_are_not_known(served):
    with served("Sound") as (url, _):
        check = next(check for check in verify_url(url).checks if check.id == "no-secret")
    assert (check.outcome, check.found) == ("skipped", "the secrets of the service are not known")


@pytest.mark.parametrize(("defect", "check", "found"), DEFECTS)
def test_a_broken_service_is_caught_and_a_person_is_told(contract, defect, check, found):
    level = next(each.level for each in CHECKS if each.id == check)
    failed = contract(defect, check)[check]
    assert failed.outcome == ("failed" if level == "must" else "warned")
    assert found in failed.found
    assert failed.expected
    if check not in SHOWN_BY_WORDS:
        assert failed.detail.startswith("> ")
        assert failed.repeat


def test_every_check_has_a_service_that_breaks_it():
    assert {check.id for check in CHECKS} == {check for _, check, _ in DEFECTS}


def test_every_broken_service_is_used(tiny):
    assert set(tiny.handlers()) == {defect for defect, _, _ in DEFECTS} | ELSEWHERE


def test_ids_of_checks_are_unique():
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_a_check_that_rests_on_a_broken_one_is_skipped_and_says_so(contract):
    check = contract("Created200", "read")["read"]
    assert (check.outcome, check.found) == ("skipped", "no task can be created, which is a check of its own")


def test_a_service_that_hangs_is_left_after_three_requests(served, client):
    with served("Hangs") as (url, server):
        checks = list(check_contract(client(url, server, timeout=0.2)))
        server.released.set()
    waited = [check.id for check in checks if check.found == "no answer in 0 s"]
    skipped = [check for check in checks if check.outcome == "skipped"]
    assert len(waited) == 4  # one, then an answer to the body that is too large, and three
    left = [check for check in skipped if check.found == "the service left 3 requests without an answer"]
    assert len(left) > 30


def test_the_request_and_the_answer_are_shown(contract):
    detail = contract("NoLocation", "create-location")["create-location"].detail
    assert "> POST /api/tasks" in detail
    assert '> {"title": "Buy milk"}' in detail
    assert "< 201 Created" in detail
    assert '"title": "Buy milk"' in detail.partition("< 201")[2]


def test_the_command_to_repeat_sends_the_same_request(contract):
    repeat = contract("LongTitles", "title-long")["title-long"].repeat
    words = shlex.split(repeat)
    assert words[:4] == ["curl", "-i", "-X", "POST"]
    assert words[words.index("-H") + 1] == "Content-Type: application/json"
    assert json.loads(words[-1]) == {"title": "x" * 201}


def test_commands_name_the_address_a_person_will_use(served):
    with served("NoHome") as (url, _):
        check = next(check_contract(Client(url), shown_base="http://127.0.0.1:8000"))
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
    nobody = Client("http://127.0.0.1:1", secrets={SECRET}, token="x", reader="x")  # noqa: S106 - opens nothing
    checks = list(check_contract(nobody))
    assert not [check.id for check in checks if check.outcome == "passed"]
    silent = {check.id for check in checks if check.found == "nothing was answered"}
    assert silent == {"problem", "no-trace", "no-secret", "no-failure"}


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
            verify_url(url, token=server.store.make("mine", "read,write"), on_check=interrupt)
        assert server.tasks == {}
        assert server.last > 0
