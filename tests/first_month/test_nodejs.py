"""The Node.js starter in its first month."""

import base64
import re

import pytest

pytestmark = pytest.mark.slow

MONTH = {
    "0003_note": "alter table tasks add column note varchar(20);",
    "0004_code": "alter table tasks add column code integer;\n"
    "create unique index tasks_by_code on tasks (code);",
    "0005_type": "alter table tasks add column note_text text;\n"  # as the README says
    "update tasks set note_text = note;\n"
    "alter table tasks drop column note;\n"
    "alter table tasks rename column note_text to note;",
    "0006_rename": "alter table tasks rename column note to remark;",
    "0007_drop": "drop index tasks_by_code;\nalter table tasks drop column code;",
}
PARTS = "create table parts (id integer);"
HOSTILE = {
    "DATABASE_URL": "sqlite:///hers.db",
    "NODE_ENV": "production",
    "LOG_LEVEL": "error",
    "ALLOWED_HOSTS": "hers.example",
    "CORS_ORIGINS": "https://hers.example",
    "DRAIN_SECONDS": "0",
}
ORIGIN = "https://app.example.com"


def test_a_month_with_nodejs(used, visit):
    shop = used("nodejs")
    migrations_grow(shop)
    her_settings_stay_hers(shop)
    production(shop, visit)


def migrations_grow(shop):
    shop.sh("npm run migrate")
    for name, sql in MONTH.items():
        shop.add(f"migrations/{name}.sql", sql)
        assert name in shop.sh("npm run migrate")
    assert columns(shop) == {"id", "title", "done", "created", "updated", "remark"}

    shop.add("migrations/0008_half.sql", f"{PARTS}\ninsert into nothing values (1);")
    assert "0008_half.sql failed; nothing of it is kept" in shop.sh("npm run migrate", code=1)
    assert columns(shop, "parts") == set()
    shop.add("migrations/0008_half.sql", PARTS)
    assert "0008_half" in shop.sh("npm run migrate")
    assert columns(shop, "parts") == {"id"}


def columns(shop, table="tasks"):
    script = f"""
        const database = new (require("node:sqlite").DatabaseSync)("data/app.db");
        console.log(database.prepare("pragma table_info({table})").all());"""
    return set(re.findall(r"name: '(\w+)'", shop.sh(f"node -e '{script}'")))


def her_settings_stay_hers(shop):
    shop.add(".env", "".join(f"{name}={value}\n" for name, value in HOSTILE.items()))
    shop.add("hers.db", "not for tests")
    shop.sh("npm test", **HOSTILE)
    assert (shop.root / "hers.db").read_text() == "not for tests"


def production(shop, visit):
    """The README's list, behind a proxy that speaks HTTPS, with a front end on another origin."""
    settings = {"ALLOWED_HOSTS": "shop.example,127.0.0.1", "DATABASE_URL": "sqlite:///data/production.db"}
    shop.sh("npm ci --omit=dev")
    shop.sh("node src/migrate.ts", **settings)
    token = shop.sh("node src/commands/token.ts create front read,write", **settings).split()[-1]
    bearer = {"Authorization": f"Bearer {token}"}
    preflight = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    preflight["Access-Control-Request-Headers"] = "authorization,content-type"

    with shop.served("node src/main.ts", **settings) as base:
        assert visit(f"{base}/readyz")[0] == 200
        status, _, page = visit(base)
        assert status == 200
        assert visit(base + re.search(r'rel="stylesheet" href="([^"]+)"', page)[1])[0] == 200
        _, headers, _ = visit(f"{base}/api/me", Origin=ORIGIN, **bearer)
        assert "Access-Control-Allow-Origin" not in headers
        assert visit(f"{base}/api/tasks", method="OPTIONS", **preflight)[0] == 401

    with shop.served("node src/main.ts", CORS_ORIGINS=ORIGIN, **settings) as base:
        status, headers, _ = visit(f"{base}/api/tasks", method="OPTIONS", **preflight)
        assert (status, headers["Access-Control-Allow-Origin"]) == (204, ORIGIN)
        assert "POST" in headers["Access-Control-Allow-Methods"]
        assert headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
        status, headers, _ = visit(f"{base}/api/me", Origin=ORIGIN, **bearer)
        assert (status, headers["Access-Control-Allow-Origin"]) == (200, ORIGIN)

        # What the proxy says of itself is never read: the Host that it passes on is enough.
        basic = base64.b64encode(f"ann:{token}".encode()).decode()
        proxied = {"Authorization": f"Basic {basic}", "X-Forwarded-Proto": "https", "Host": "shop.example"}
        form = {"method": "POST", "body": b"title=Written"}
        assert visit(f"{base}/tasks", **form, **proxied, Origin="https://evil.example")[0] == 403
        # The fetch follows the redirect to the page.
        status, _, page = visit(f"{base}/tasks", **form, **proxied, Origin="https://shop.example")
        assert (status, "Written" in page) == (200, True)
