"""Each strength that single answers or a running service show has services that only pretend to it."""

import sys

import pytest

from scaffold.verify.contract.check import run_check
from scaffold.verify.strengths import CHECKS

DEFECTS = [
    ("WeakTags", "etag", 'ETag: W/"'),
    ("OneTag", "etag", "the same ETag after a change"),
    ("TakesBothChanges", "etag", "200 and 200 for two changes with one tag at once"),
    ("NoTrace", "trace", "the trace id is not in the line of the request"),
    ("RouteIsPath", "route", 'is "/api/tasks/1"'),
    ("DocsFromElsewhere", "docs", "https://cdn.example/docs.js lies elsewhere"),
    ("DocsForbidden", "docs", "an inline script that the Content-Security-Policy forbids"),
    ("MissingAssets", "docs", "404 Not Found"),
    ("NeverCuts", "slow-clients", "40 of 40 were not cut within 3 s"),
    ("OneAtATime", "slow-clients", "no answer in 3 s"),
    ("DeafStream", "live", "nothing came within 1 s of a new task"),
    ("OpenStream", "live", "200 for a stranger"),
]


@pytest.fixture
def proved(served, client, monkeypatch):
    """Prove a strength of a service, with less patience."""
    monkeypatch.setattr(sys.modules["scaffold.verify.strengths.live"], "EVENT_SECONDS", 1.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.strengths.slow_clients"], "CUT_SECONDS", 3.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.served"], "PATIENCE", 0.3)

    def prove(defect, name):
        with served(defect) as (url, server):
            visitor = client(url, server, timeout=3, lacks={"login": "no accounts"})
            return run_check(CHECKS[name], visitor, url)

    return prove


@pytest.mark.parametrize(("defect", "name", "found"), DEFECTS)
def test_a_strength_that_does_not_hold_is_caught(proved, defect, name, found):
    check = proved(defect, name)
    assert (check.outcome, check.step) == ("failed", "strengths")
    assert found in check.found


@pytest.mark.parametrize("name", sorted({name for _, name, _ in DEFECTS} - {"slow-clients"}))
def test_a_strength_that_holds_is_passed(proved, name):
    assert proved("Sound", name).outcome == "passed"


def test_every_strength_has_a_service_that_lacks_it():
    assert set(CHECKS) == {name for _, name, _ in DEFECTS}
