"""What a team does with the Django starter in its first month."""

import http.client
import re
import urllib.parse

import pytest

pytestmark = pytest.mark.slow

HOSTILE = {
    "ALLOWED_HOSTS": "*",
    "API_RATE": "1",
    "DATABASE_URL": "sqlite:///theirs.sqlite3",
    "DEBUG": "true",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "short",
    "SECURE_HSTS_SECONDS": "0",
}
PRODUCTION = {
    "ALLOWED_HOSTS": "example.com",
    "DATABASE_URL": "sqlite:///production.sqlite3",
    "EMAIL_URL": "smtp+tls://user:password@127.0.0.1:1",
    "SECRET_KEY": "0123456789" * 5,
    "UV_NO_DEV": "1",
}
PASSWORD = "correct horse"  # noqa: S105 - of nobody
BEHIND_TLS = {"Host": "example.com", "X-Forwarded-Proto": "https"}
ELSEWHERE = "https://app.test"


def test_a_month_of_migrations(used):
    project = used("django")
    change = re.search(r"`(uv run manage\.py makemigrations && [^`]+)`", readme(project))[1]
    project.sh("uv run manage.py migrate")
    ask(project, "Task.objects.create(title='kept')")

    def migrate(old, new, answer=""):
        project.change("tasks/models.py", old, new)
        project.sh(f"printf '{answer}\\n' | {change}")
        assert ask(project, "print(Task.objects.get().title)") == "kept"

    last = "    updated = models.DateTimeField(auto_now=True)\n"
    due, number = (
        "    due = models.DateField(null=True)\n",
        "    number = models.IntegerField(null=True, unique=True)\n",
    )
    text = number.replace("IntegerField(", "CharField(max_length=9, ")
    migrate(last, last + due)
    migrate(due, due + number)
    ask(project, "Task.objects.update(number=7)")
    migrate(number, text)
    migrate(text, text.replace("number", "code"), answer="y")
    assert ask(project, "print(Task.objects.get().code)") == "7"
    migrate(due, "")

    ask(project, "Task.objects.create(title='kept')")
    project.change("tasks/models.py", "max_length=200", "max_length=200, unique=True")
    project.change("tasks/models.py", last, last + due)
    project.sh("uv run manage.py makemigrations")
    assert "IntegrityError" in project.sh("uv run manage.py migrate", code=1)
    table = "connection.introspection.get_table_description(connection.cursor(), 'tasks_task')"
    has_due = f"print('due' in [column.name for column in {table}])"
    assert ask(project, has_due) == "False"
    assert "[ ] 0007" in project.sh("uv run manage.py showmigrations tasks")
    ask(project, "connection.cursor().execute('DELETE FROM tasks_task WHERE id = 2')")
    project.sh("uv run manage.py migrate && uv run manage.py makemigrations --check")
    assert ask(project, has_due) == "True"

    project.root = project.root.rename(project.root.with_name("renamed"))
    renamed = re.search(r"renamed project folder needs a new environment: `([^`]+)`", readme(project))[1]
    project.sh(f"{renamed} && uv run manage.py check")


def test_the_tests_heed_nothing_of_the_developer(used):
    project = used("django")
    project.add(".env", "".join(f"{name}={value}\n" for name, value in HOSTILE.items()))
    project.add("theirs.sqlite3", "no database of the tests")
    project.sh("uv run pytest -q", **HOSTILE)
    assert (project.root / "theirs.sqlite3").read_text() == "no database of the tests"
    assert not list(project.root.glob("db.sqlite3*"))


def test_production_by_the_letter(used, visit):
    project = used("django")
    production = readme(project).partition("## Going to production")[2]
    check, install, collect, migrate, serve = re.findall(r"`(uv [^`]+)`", production)[:5]
    project.sh(f"{check} --fail-level WARNING", **PRODUCTION)
    for command in (install, collect, migrate):
        project.sh(command, **PRODUCTION)
    project.sh(
        "uv run manage.py createsuperuser --noinput --username ada --email ada@example.com",
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
        **PRODUCTION,
    )
    token = project.sh("uv run manage.py create_token robot", **PRODUCTION).split()[-1]

    with project.served(serve, **PRODUCTION) as base:
        assert send(base, "GET", "/", BEHIND_TLS).status == 301  # Nobody's word is taken.

    with project.served(serve, FORWARDED_ALLOW_IPS="127.0.0.1", **PRODUCTION) as base:
        assert visit(f"{base}/readyz")[0] == 200
        home = send(base, "GET", "/", BEHIND_TLS)
        sheet = re.search(r'rel="stylesheet" href="([^"]+)"', home.text)[1]
        assert re.fullmatch(r"/static/style\.\w{12}\.css", sheet)
        assert send(base, "GET", sheet, BEHIND_TLS).text.startswith(":root")
        assert log_in(base, "https://example.com") == 302
        assert log_in(base, ELSEWHERE) == 403
        assert cors(base, token) == [None, None]

    own = {
        "FORWARDED_ALLOW_IPS": "127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": ELSEWHERE,
        "CORS_ALLOWED_ORIGINS": ELSEWHERE,
    }
    with project.served(serve, **own, **PRODUCTION) as base:
        assert log_in(base, ELSEWHERE) == 302
        assert cors(base, token) == [ELSEWHERE, ELSEWHERE]


def test_a_postgres_url_is_one_of_postgresql(used):
    project = used("django")
    for scheme in ("postgres", "postgresql"):
        url = f"{scheme}://app:app@127.0.0.1:1/app"
        vendor = "from django.db import connection; print(connection.vendor)"
        assert (
            project.sh(f'uv run manage.py shell --no-imports -c "{vendor}"', DATABASE_URL=url)
            == "postgresql\n"
        )


def readme(project):
    return (project.root / "README.md").read_text(encoding="utf-8")


def ask(project, code):
    imports = "from django.db import connection; from tasks.models import Task; "
    return project.sh(f'uv run manage.py shell --no-imports -c "{imports}{code}"').strip()


def send(base, method, path, headers, body=None):
    """Ask without following a redirect."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=10)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    connection.close()
    return answer


def log_in(base, origin):
    """Send the form of the log-in as a browser does; return the status."""
    page = send(base, "GET", "/accounts/login/", BEHIND_TLS)
    secret = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    form = {"csrfmiddlewaretoken": secret, "login": "ada", "password": PASSWORD}
    headers = BEHIND_TLS | {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": page.headers["Set-Cookie"].partition(";")[0],
        "Origin": origin,
    }
    return send(base, "POST", "/accounts/login/", headers, urllib.parse.urlencode(form)).status


def cors(base, token):
    """Return whom a preflight and a request of another origin are allowed for."""
    headers = BEHIND_TLS | {"Origin": ELSEWHERE}
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    preflight = send(base, "OPTIONS", "/api/me", headers | asked)
    real = send(base, "GET", "/api/me", headers | {"Authorization": f"Bearer {token}"})
    assert real.status == 200
    return [answer.headers["Access-Control-Allow-Origin"] for answer in (preflight, real)]
