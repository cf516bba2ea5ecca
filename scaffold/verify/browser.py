"""A person at the pages: keeps cookies, fills in forms, and logs in the way the project wants it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from html.parser import HTMLParser
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

from scaffold.model.framework import Login
from scaffold.verify.client import Client, Undecided, Unmet, basic
from scaffold.verify.exchange import Response, Token

REDIRECTS = (301, 302, 303, 307, 308)
PERSON = "verify@example.com"
OTHER_PERSON = "verify-other@example.com"


class Form(NamedTuple):
    """A form of a page that is posted: where to, and what it holds already."""

    action: str
    fields: Mapping[str, str]


class Browser:
    """Requests as a browser sends them, over a client, which keeps what was seen."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._cookies: dict[str, str] = {}
        self._password = ""

    def headers(self) -> dict[str, str]:
        """Return the cookies, and the log-in where it goes along with each request."""
        # A secure cookie is sent though this is HTTP: in production a proxy speaks TLS for the service.
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {
            "Accept": "text/html",
            **({"Cookie": cookies} if cookies else {}),
            **({"Authorization": basic(self._password)} if self._password else {}),
        }

    def get(self, path: str) -> Response:
        """Open a page."""
        return self._keep(self._client.get(path, headers=self.headers(), token=None))

    def post(
        self, path: str, fields: Mapping[str, str], *, site: str = "same-origin", forwarded: str = ""
    ) -> Response:
        """Send a form, from a page of the service or of another ``site``, forwarded for an address."""
        origin = self._client.base.rstrip("/") if site == "same-origin" else "https://attacker.example"
        sent = {
            **self.headers(),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": origin,
            "Referer": f"{origin}/",
            "Sec-Fetch-Site": site,
            **({"X-Forwarded-For": forwarded} if forwarded else {}),
        }
        body = urlencode(fields).encode()
        return self._keep(self._client.send("POST", path, body=body, headers=sent, token=None))

    def form(self, page: Response, path: str, field: str) -> Form:
        """Return the form of the page at ``path`` that has the field; Unmet when there is none."""
        parser = _Forms()
        parser.feed(page.text)
        for form in parser.forms:
            if field in form.fields:
                target = urlsplit(urljoin(f"http://service{path}", form.action))
                return form._replace(action=target.path + (f"?{target.query}" if target.query else ""))
        raise Unmet(f"no form with a field `{field}` on the page {path}")

    def sign_in(self, token: Token | None) -> None:
        """Be known from now on: by the project's log-in, or with a token as password where it has none."""
        if "login" not in self._client.lacks:
            self.log_in()
        elif token is not None:
            self._password = token.value

    def log_in(self) -> None:
        """Log in as the person that the project's command made; Undecided when that fails."""
        served = self._client.served
        login = served.starter.login if served else None
        if served is None or login is None:
            raise Undecided("nobody can log in here")
        if not self.try_login(login, PERSON, served.password):
            raise Undecided("the person that `account` made cannot log in")

    def try_login(self, login: Login, name: str, password: str, forwarded: str = "") -> bool:
        """Send the form of the log-in, as the address ``forwarded``, and say whether it was let in."""
        page = self.get(login.path)
        fields = dict(self.form(page, login.path, login.fields["password"]).fields)
        fields |= {login.fields["name"]: name, login.fields["password"]: password}
        answer = self.post(login.path, fields, forwarded=forwarded)
        where = urlsplit(answer.headers.get("location", "")).path.rstrip("/")
        return answer.status in REDIRECTS and where != login.path.rstrip("/")

    def _keep(self, response: Response) -> Response:
        for line in response.headers.get("set-cookie", "").splitlines():
            with suppress(CookieError):
                for name, morsel in SimpleCookie(line).items():
                    self._cookies[name] = morsel.value
                    if morsel["max-age"] == "0" or re.search(r"\b1970\b", morsel["expires"]):
                        del self._cookies[name]
        return response


class _Forms(HTMLParser):
    """Collects the forms of a page that are posted, with the names and values of their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method", "").lower() == "post"
            if self._open:
                self.forms.append(Form(action=given.get("action", ""), fields={}))
        elif self._open and tag in {"input", "textarea", "select"} and given.get("name"):
            fields = {**self.forms[-1].fields, given["name"]: given.get("value", "")}
            if given.get("type") not in {"checkbox", "radio", "submit"}:
                self.forms[-1] = self.forms[-1]._replace(fields=fields)

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"
