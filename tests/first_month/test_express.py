"""The Express starter in its first month."""

import base64
import re

import pytest

pytestmark = pytest.mark.slow

MIGRATION = """\
import {{ {names} }} from "kysely";

export async function up(database: Kysely<unknown>): Promise<void> {{
{statements}
}}
"""
MONTH = {
    "0003_note": ['await tasks.addColumn("note", "varchar(20)").execute();'],
    "0004_code": [
        'await tasks.addColumn("code", "integer").execute();',
        'await schema.createIndex("tasks_code").unique().on("tasks").column("code").execute();',
    ],
    "0005_type": [  # As the README says: a column of the new type takes the old one's place.
        'await tasks.addColumn("note_text", "text").execute();',
        "await sql`update tasks set note_text = note`.execute(database);",
        'await tasks.dropColumn("note").execute();',
        'await tasks.renameColumn("note_text", "note").execute();',
    ],
    "0006_rename": ['await tasks.renameColumn("note", "remark").execute();'],
    "0007_drop": [
        'await schema.dropIndex("tasks_code").execute();',
        'await tasks.dropColumn("code").execute();',
    ],
}
MORE = ['await tasks.addColumn("more", "text").execute();']
HALF = ['await schema.createTable("parts").addColumn("id", "integer").execute();']
HOSTILE = {
    "DATABASE_URL": "sqlite:///hers.db",
    "NODE_ENV": "production",
    "API_RATE": "1",
    "LOG_LEVEL": "silent",
    "ALLOWED_HOSTS": "hers.example",
    "CORS_ORIGINS": "https://hers.example",
    "TRUST_PROXY": "9",
}
ORIGIN = "https://app.example.com"


def test_a_month_with_express(used, visit):
    shop = used("express")
    migrations_grow(shop)
    her_settings_stay_hers(shop)
    production(shop, visit)


def migrations_grow(shop):
    shop.sh("npm run migrate")
    for name, statements in MONTH.items():
        migration(shop, name, statements)
        assert name in shop.sh("npm run migrate")
    assert columns(shop) == {"id", "title", "done", "created", "updated", "remark"}

    migration(shop, "0008_more", MORE)
    migration(shop, "0009_half", [*HALF, 'throw new Error("enough");'])
    assert "enough" in shop.sh("npm run migrate", code=1)
    assert "more" not in columns(shop)
    assert columns(shop, "parts") == set()
    migration(shop, "0009_half", HALF)
    assert "0008_more\n0009_half" in shop.sh("npm run migrate")
    assert columns(shop, "parts") == {"id"}
    shop.sh("npm run format && npm run lint")


def migration(shop, name, statements):
    body = "\n".join(statements)
    names = "sql, type Kysely" if "sql`" in body else "type Kysely"
    for short, whole in {"tasks.": 'schema.alterTable("tasks").', "schema.": "database.schema."}.items():
        body = body.replace(f"await {short}", f"await {whole}")
    shop.add(f"migrations/{name}.ts", MIGRATION.format(names=names, statements=body))


def columns(shop, table="tasks"):
    script = "console.log(new (require('better-sqlite3'))('data/app.db').pragma('table_info({})'))"
    return set(re.findall(r"name: '(\w+)'", shop.sh(f'node -e "{script.format(table)}"')))


def her_settings_stay_hers(shop):
    shop.add(".env", "".join(f"{name}={value}\n" for name, value in HOSTILE.items()))
    shop.add("hers.db", "not for tests")
    shop.sh("npm test", **HOSTILE)
    assert (shop.root / "hers.db").read_text() == "not for tests"


def production(shop, visit):
    """The README's list, behind a proxy that speaks HTTPS, with a front end on another origin."""
    settings = {"ALLOWED_HOSTS": "shop.example,127.0.0.1", "DATABASE_URL": "sqlite:///data/production.db"}
    shop.sh("npm ci --omit=dev")
    shop.sh("npm run migrate", **settings)
    token = shop.sh("npm run --silent token -- create front read,write", **settings).split()[-1]
    bearer = {"Authorization": f"Bearer {token}"}
    preflight = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    preflight["Access-Control-Request-Headers"] = "authorization,content-type"

    with shop.served("npm start", **settings) as base:
        assert visit(f"{base}/readyz")[0] == 200
        status, _, page = visit(base)
        assert status == 200
        assert visit(base + re.search(r'rel="stylesheet" href="([^"]+)"', page)[1])[0] == 200
        _, headers, _ = visit(f"{base}/api/me", Origin=ORIGIN, **bearer)
        assert "Access-Control-Allow-Origin" not in headers
        assert visit(f"{base}/api/tasks", method="OPTIONS", **preflight)[0] == 401

    with shop.served("npm start", TRUST_PROXY="1", CORS_ORIGINS=ORIGIN, **settings) as base:
        status, headers, _ = visit(f"{base}/api/tasks", method="OPTIONS", **preflight)
        assert (status, headers["Access-Control-Allow-Origin"]) == (204, ORIGIN)
        assert "POST" in headers["Access-Control-Allow-Methods"]
        assert headers["Access-Control-Allow-Headers"] == "authorization,content-type"
        status, headers, _ = visit(f"{base}/api/me", Origin=ORIGIN, **bearer)
        assert (status, headers["Access-Control-Allow-Origin"]) == (200, ORIGIN)

        basic = base64.b64encode(f"ann:{token}".encode()).decode()
        proxied = {"Authorization": f"Basic {basic}", "X-Forwarded-Proto": "https", "Host": "shop.example"}
        form = {"method": "POST", "body": b"title=Written"}
        assert visit(f"{base}/tasks", **form, **proxied, Origin="https://evil.example")[0] == 403
        # The fetch follows the redirect to the page.
        status, _, page = visit(f"{base}/tasks", **form, **proxied, Origin="https://shop.example")
        assert (status, "Written" in page) == (200, True)
