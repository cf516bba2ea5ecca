"""The first month with the Go starter."""

import base64
import re
import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.slow

HOSTILE = {
    "DATABASE_URL": "sqlite:///precious.db",
    "PUBLIC_URL": "nonsense",
    "CORS_ORIGINS": "*",
    "API_RATE": "1",
    "STATEMENT_TIMEOUT": "soon",
    "LOG_LEVEL": "loud",
    "PORT": "http",
    "DEBUG": "1",
}


def commands(project):
    """Return the commands of the README's table."""
    readme = (project.root / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([^|]+) \| (?:add )?`([^`]+)`.*\|$", readme, re.MULTILINE))


def tasks(project):
    """Return the rows of the development database, each a dictionary."""
    with closing(sqlite3.connect(project.root / "app.db")) as database:
        cursor = database.execute("SELECT * FROM tasks")
        return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]


def test_tables_grow(used):
    project = used("go")
    build = commands(project)["build one file that is the whole server"]

    def write(number, statements):
        path = commands(project)["change a table"].replace("N_name", f"{number}_name")
        project.add(path, f"-- +goose Up\n{statements}\n")
        project.sh(build)

    def migrate(number, statements):
        write(number, statements)
        with project.served("bin/server -dev"):
            return tasks(project)

    project.sh(build)
    with project.served("bin/server -dev"), closing(sqlite3.connect(project.root / "app.db")) as database:
        database.execute("INSERT INTO tasks VALUES ('1', 'Plant', 0, '2026-01-01', '2026-01-01')")
        database.commit()

    nullable = migrate(3, "ALTER TABLE tasks ADD COLUMN note TEXT;\nUPDATE tasks SET note = '7';")
    assert (nullable[0]["title"], nullable[0]["note"]) == ("Plant", "7")
    unique = "ALTER TABLE tasks ADD COLUMN code TEXT;\nCREATE UNIQUE INDEX tasks_code ON tasks (code);"
    assert migrate(4, unique)[0]["code"] is None
    another_type = """ALTER TABLE tasks ADD COLUMN points INTEGER;
UPDATE tasks SET points = CAST(note AS INTEGER);
ALTER TABLE tasks DROP COLUMN note;"""
    assert migrate(5, another_type)[0]["points"] == 7
    assert migrate(6, "ALTER TABLE tasks RENAME COLUMN points TO effort;")[0]["effort"] == 7
    kept = migrate(7, "DROP INDEX tasks_code;\nALTER TABLE tasks DROP COLUMN code;")
    assert list(kept[0]) == ["id", "title", "done", "created", "updated", "effort"]

    half = "ALTER TABLE tasks ADD COLUMN due TEXT;\nUPDATE tasks SET title = 'lost';"
    write(8, f"{half}\nCREATE TABEL other (id TEXT);")
    assert re.search(r"version:8.*syntax error", project.sh("bin/server -dev", code=1, PORT="0"))
    assert tasks(project) == kept
    assert migrate(8, half) == [{**kept[0], "title": "lost", "due": None}]


def test_the_tests_use_nothing_of_the_developer(used):
    project = used("go")
    project.add("precious.db", "all that she has")
    project.add(".env", "".join(f"{name}={value}\n" for name, value in HOSTILE.items()))
    project.sh("go test -count=1 ./...", **HOSTILE)
    assert (project.root / "precious.db").read_text(encoding="utf-8") == "all that she has"
    assert list(project.root.rglob("*.db*")) == [project.root / "precious.db"]


def test_it_goes_into_production_as_the_readme_says(used, visit):
    project = used("go")
    project.sh(commands(project)["build one file that is the whole server"])
    own, foreign = "https://shop.example.com", "https://app.example"
    settings = {"PUBLIC_URL": own, "DATABASE_URL": f"sqlite:///{project.root.parent}/100% live?.db"}
    token = project.sh("bin/server token create -rights read,write ann", **settings).split()[-1]
    basic = "Basic " + base64.b64encode(f"ann:{token}".encode()).decode()
    proxied = {"Host": "shop.example.com", "X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.1"}

    with project.served("bin/server", **settings) as base:
        assert visit(f"{base}/readyz")[0] == 200
        status, headers, page = visit(base, **proxied)
        assert (status, "Strict-Transport-Security" in headers) == (200, True)
        sheet = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)[1]
        assert visit(base + sheet, **proxied)[0] == 200
        form = {"method": "POST", "body": b"title=Water", "Authorization": basic}
        assert visit(f"{base}/tasks", **form, **proxied, Origin=foreign)[0] == 403
        status, _, page = visit(f"{base}/tasks", **form, **proxied, Origin=own)  # 303, which was followed
        assert (status, "Water" in page) == (200, True)
        assert allowed(visit, base, token, proxied, foreign) == [None, None]

    with project.served("bin/server", **settings, CORS_ORIGINS=f"https://other.example {foreign}") as base:
        assert allowed(visit, base, token, proxied, foreign) == [foreign, foreign]
        assert allowed(visit, base, token, proxied, "https://evil.example") == [None, None]


def allowed(visit, base, token, proxied, origin):
    """Return the origin that the answers to a preflight and to the request itself allow."""
    asked = {"Access_Control_Request_Method": "PATCH", "Access_Control_Request_Headers": "authorization"}
    preflight = visit(f"{base}/api/tasks/1", method="OPTIONS", Origin=origin, **asked, **proxied)
    real = visit(f"{base}/api/tasks", Origin=origin, Authorization=f"Bearer {token}", **proxied)
    assert real[0] == 200
    return [answer[1].get("Access-Control-Allow-Origin") for answer in (preflight, real)]


def test_the_module_and_the_folder_get_other_names(used):
    project = used("go")
    edit = commands(project)["give the module another path than `shop`"]
    project.sh(edit.replace("PATH", "github.com/ann/shop"))
    project.sh("""find . -name '*.go' -exec sed -i 's#"shop/internal#"github.com/ann/shop/internal#' {} +""")
    project.root = project.root.rename(project.root.with_name("another name"))
    project.sh("gofmt -d . && go vet ./... && go test ./...")
