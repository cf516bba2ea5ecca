from flask.testing import FlaskClient


def test_a_task_is_added_and_shown(client: FlaskClient) -> None:
    response = client.post("/tasks/", data={"title": "Write"}, follow_redirects=True)
    assert response.request.path == "/tasks/"
    assert "<li>Write</li>" in response.text
    assert "Added." in response.text
    assert "Added." not in client.get("/tasks/").text


def test_a_bad_title_is_explained_and_kept(client: FlaskClient) -> None:
    response = client.post("/tasks/", data={"title": "x" * 201})
    assert response.status_code == 422
    assert "1 to 200 characters" in response.text
    assert "x" * 201 in response.text


def test_a_long_list_has_pages(client: FlaskClient) -> None:
    for number in range(21):
        client.post("/api/tasks", json={"title": f"Task {number}"})
    assert "/tasks/?page=2" in client.get("/tasks/").text
    second = client.get("/tasks/?page=2").text
    assert "<li>Task 0</li>" in second
    assert "/tasks/?page=1" in second


def test_markup_in_a_title_is_escaped(client: FlaskClient) -> None:
    client.post("/api/tasks", json={"title": "<img src=x onerror=1>"})
    text = client.get("/tasks/").text
    assert "&lt;img src=x onerror=1&gt;" in text
    assert "<img" not in text


def test_a_form_of_another_site_is_refused(client: FlaskClient) -> None:
    form = {"title": "Forged"}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
    ):
        assert client.post("/tasks/", data=form, headers=headers).status_code == 403
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        assert client.post("/tasks/", data=form, headers=headers).status_code == 302


def test_the_session_cookie_is_out_of_reach(client: FlaskClient) -> None:
    client.post("/tasks/", data={"title": "Write"}, base_url="https://localhost")
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert (cookie.http_only, cookie.secure, cookie.same_site) == (True, True, "Lax")
