from base64 import b64encode

from .conftest import Answer, Client


def page(visitor: Client, token: str) -> Answer:
    credentials = b64encode(f"anyone:{token}".encode()).decode()
    return visitor("GET", "/tasks", authorization=f"Basic {credentials}")


def test_the_tasks_are_shown_to_who_has_a_token(visitor: Client, client: Client) -> None:
    client("POST", "/api/tasks", {"title": "Write", "done": True})
    assert "<li>Write ✓</li>" in page(visitor, client.token).text
    for answer in (visitor("GET", "/tasks"), page(visitor, "unknown"), client("GET", "/tasks")):
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")
        assert "Write" not in answer.text


def test_a_title_is_only_text(visitor: Client, client: Client) -> None:
    client("POST", "/api/tasks", {"title": "<img src=x onerror=1> $title ${links} $$"})
    text = page(visitor, client.token).text
    assert "<li>&lt;img src=x onerror=1&gt; $title ${links} $$</li>" in text
