{% if not cookiecutter.accounts %}
import base64

{% endif %}
import pytest
from flask import Flask
from flask.testing import FlaskClient

{% if cookiecutter.accounts %}
from .test_accounts import log_in, make_user
{% else %}
from .conftest import MakeToken
{% endif %}


@pytest.fixture
{% if cookiecutter.accounts %}
def person(app: Flask) -> FlaskClient:
    """Somebody who is logged in."""
    make_user(app)
    client = app.test_client()
    assert log_in(client).status_code == 302
    return client
{% else %}
def person(app: Flask, make_token: MakeToken) -> FlaskClient:
    """Somebody who has typed a token as the password."""
    client = app.test_client()
    credentials = base64.b64encode(f"any:{make_token('person')}".encode()).decode()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Basic {credentials}"
    return client
{% endif %}


def test_the_pages_need_a_log_in(client: FlaskClient) -> None:
    for response in (client.get("/tasks/"), client.post("/tasks/", data={"title": "x"})):
{% if cookiecutter.accounts %}
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/login?next=")
{% else %}
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Basic")
{% endif %}


def test_a_task_is_added_and_shown(person: FlaskClient) -> None:
    response = person.post("/tasks/", data={"title": "Write"}, follow_redirects=True)
    assert response.request.path == "/tasks/"
    assert "<li>Write</li>" in response.text
    assert "Added." in response.text
    assert "Added." not in person.get("/tasks/").text


def test_a_bad_title_is_explained_and_kept(person: FlaskClient) -> None:
    response = person.post("/tasks/", data={"title": "x" * 201})
    assert response.status_code == 422
    assert "between 1 and 200" in response.text
    assert "x" * 201 in response.text


def test_markup_in_a_title_is_escaped(person: FlaskClient) -> None:
    person.post("/tasks/", data={"title": "<img src=x onerror=1>"})
    text = person.get("/tasks/").text
    assert "&lt;img src=x onerror=1&gt;" in text
    assert "<img" not in text


def test_a_form_of_another_site_is_refused(person: FlaskClient) -> None:
    form = {"title": "Forged"}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
    ):
        assert person.post("/tasks/", data=form, headers=headers).status_code == 403
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        assert person.post("/tasks/", data=form, headers=headers).status_code == 302


def test_the_session_cookie_is_out_of_reach(person: FlaskClient) -> None:
    person.post("/tasks/", data={"title": "Write"}, base_url="https://localhost")
    cookie = person.get_cookie("session")
    assert cookie is not None
    assert (cookie.http_only, cookie.secure, cookie.same_site) == (True, True, "Lax")
