"""Checks of the example's pages: behind a log-in, with a form that nobody else's page can send."""

from urllib.parse import urlsplit

from scaffold.model.framework import Pages
from scaffold.verify.browser import REDIRECTS, Browser
from scaffold.verify.client import TASKS, Client, Undecided, Unmet, expect_fields, expect_json, expect_status
from scaffold.verify.contract.check import ContractCheck

_MOST_PAGES = 1000
"""Of tasks; a service may repeat its last page for ever."""


def closed(client: Client) -> None:
    """See that a stranger is shown no task."""
    pages = _pages(client)
    response = Browser(client).get(pages.path)
    if response.status in REDIRECTS:
        login = client.served.starter.login if client.served else None
        where = urlsplit(response.headers.get("location", "")).path
        if login is None or where.rstrip("/") != login.path.rstrip("/"):
            raise Unmet(f"{response.status} to {where or '(nowhere)'}")
        return
    expect_status(response, 401)


def opened(client: Client) -> None:
    """See that who is known is shown the tasks."""
    title = client.task(title="A task to be seen")["title"]
    response = expect_status(_signed_in(client).get(_pages(client).path), 200)
    if str(title) not in response.text:
        raise Unmet("200 without the title of a task")


def form(client: Client) -> None:
    """See that the form makes a task."""
    pages = _pages(client)
    browser = _signed_in(client)
    page = browser.get(pages.path)
    if page.headers.get("referrer-policy", "").lower() == "no-referrer":
        # Browsers then send `Origin: null`, and over plain HTTP nothing else that tells whose page it was.
        raise Unmet("Referrer-Policy: no-referrer on a page with a form")
    filled = browser.form(page, pages.path, pages.fields["title"])
    title = "A task of the form"
    response = browser.post(filled.action, {**filled.fields, pages.fields["title"]: title})
    if not _listed(client, title):
        raise Unmet(f"{response.status} {response.reason}, and no task")


def forged(client: Client) -> None:
    """See that another site's page makes none, though the browser sends along who is logged in."""
    pages = _pages(client)
    browser = _signed_in(client)
    filled = browser.form(browser.get(pages.path), pages.path, pages.fields["title"])
    title = "A task of another site"
    response = browser.post(filled.action, {pages.fields["title"]: title}, site="cross-site")
    if _listed(client, title):
        raise Unmet(f"{response.status} {response.reason}, and a task")


def reader(client: Client) -> None:
    """See that a token that may read makes none by the form either."""
    pages = _pages(client)
    browser = Browser(client)
    browser.sign_in(client.reader)
    page = browser.get(pages.path)
    if page.status == 403:  # noqa: PLR2004
        return
    filled = browser.form(page, pages.path, pages.fields["title"])
    title = "A task of a reader"
    response = browser.post(filled.action, {**filled.fields, pages.fields["title"]: title})
    if _listed(client, title):
        raise Unmet(f"{response.status} {response.reason}, and a task")


def _pages(client: Client) -> Pages:
    pages = client.served.starter.pages if client.served else None
    if pages is None:
        raise Undecided("the template names no pages")
    return pages


def _signed_in(client: Client) -> Browser:
    browser = Browser(client)
    browser.sign_in(client.token)
    return browser


def _listed(client: Client, title: str) -> bool:
    """Say whether there is a task with the title, and see to it that it is removed at the end."""
    for page in range(1, _MOST_PAGES + 1):
        value = expect_fields(expect_json(client.get(f"{TASKS}?page={page}&limit=100"), 200), "data")
        found = [task for task in value["data"] if isinstance(task, dict) and task.get("title") == title]
        for task in found:
            client.remember(task.get("id"))
        if found or not value["data"]:
            return bool(found)
    return False


_NEEDS = ("process", "example", "pages")
CHECKS = (
    ContractCheck(
        id="pages-closed",
        level="must",
        sentence="The example's page asks who is there",
        expected="401, or a redirect to the log-in",
        probe=closed,
        needs=_NEEDS,
    ),
    ContractCheck(
        id="pages",
        level="must",
        sentence="The example's page shows the tasks to who is known",
        expected="200 with a task",
        probe=opened,
        needs=_NEEDS,
    ),
    ContractCheck(
        id="pages-form",
        level="must",
        sentence="The form of the example's page makes a task",
        expected="a task with the title",
        probe=form,
        needs=(*_NEEDS, "form"),
    ),
    ContractCheck(
        id="pages-forged",
        level="must",
        sentence="The form of another site makes no task",
        expected="no task, though the browser is logged in",
        probe=forged,
        needs=(*_NEEDS, "form"),
    ),
    ContractCheck(
        id="pages-rights",
        level="must",
        sentence="The form makes no task for a token with the right to read",
        expected="403, and no task",
        probe=reader,
        needs=(*_NEEDS, "form", "basic", "reader"),
    ),
)
