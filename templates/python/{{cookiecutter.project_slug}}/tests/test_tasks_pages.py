from http.cookies import SimpleCookie
from urllib.parse import urlencode

from .conftest import Answer, Client


def token(answer: Answer) -> str:
    return SimpleCookie(answer.headers["Set-Cookie"])["csrf"].value


def post(client: Client, title: str, csrf: str, cookie: str) -> Answer:
    form = urlencode({"title": title, "csrf": csrf}).encode()
    return client("POST", "/tasks", form, cookie=f"csrf={cookie}")


def test_a_task_is_added_and_shown(client: Client) -> None:
    valid = token(client("GET", "/tasks"))
    response = post(client, "Write", valid, valid)
    assert (response.status, response.headers["Location"]) == (303, "/tasks")
    assert "<li>Write</li>" in client("GET", "/tasks").text


def test_a_bad_title_is_explained_and_kept(client: Client) -> None:
    valid = token(client("GET", "/tasks"))
    response = post(client, "<" * 201, valid, valid)
    assert response.status == 422
    assert "1 to 200 characters" in response.text
    assert "&lt;" * 201 in response.text


def test_a_form_of_another_site_is_refused(client: Client) -> None:
    valid, other = token(client("GET", "/tasks")), token(client("GET", "/tasks"))
    assert valid != other
    for csrf, cookie in [("", ""), ("", valid), (valid, ""), (other, valid), ("a.b", "a.b")]:
        assert post(client, "Forged", csrf, cookie).status == 403
    assert "Forged" not in client("GET", "/tasks").text


def test_the_cookie_is_kept_and_out_of_reach(client: Client) -> None:
    first = client("GET", "/tasks")
    assert token(client("GET", "/tasks", cookie=f"csrf={token(first)}")) == token(first)
    attributes = first.headers["Set-Cookie"].split("; ")[1:]
    assert attributes == ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"]


def test_a_long_list_has_pages(client: Client) -> None:
    for number in range(21):
        client("POST", "/api/tasks", {"title": f"Task {number}"})
    assert 'href="/tasks?page=2"' in client("GET", "/tasks").text
    second = client("GET", "/tasks?page=2").text
    assert "<li>Task 0</li>" in second
    assert 'href="/tasks?page=1"' in second


def test_markup_in_a_title_is_escaped(client: Client) -> None:
    client("POST", "/api/tasks", {"title": "<img src=x onerror=1>"})
    text = client("GET", "/tasks").text
    assert "&lt;img src=x onerror=1&gt;" in text
    assert "<img" not in text
