import shutil
from datetime import date

import pytest

from scaffold.catalog import load_framework, load_frameworks, load_knowledge, template_folder, templates_root
from scaffold.catalog.template import COMMANDS, read_framework
from scaffold.errors import InvalidInput, TemplateProblem

MINIMAL = """
[framework]
id = "tiny"
name = "Tiny"
language = "python"
kind = "micro"
summary = "A framework"
homepage = "https://example.com"
release = "1.0"
support = "Nobody knows"
checked_on = 2026-11-22
source = "Its home page"
"""
STARTER = """
[contract]
version = 2
[starter]
version = "1.0.0"
gives = ["a page"]
url = "http://127.0.0.1:8000/"
[[tools]]
name = "python"
needs = ">=3.12"
why = "It runs on it"
get = "https://www.python.org"
environment = { UV_PYTHON = "{path}" }
[commands]
install = [["uv", "sync"]]
[environment]
ALLOWED_HOSTS = "127.0.0.1"
[options.container]
label = "Container files"
omits = { false = ["Dockerfile"] }
[options.database]
label = "Database"
choices = { sqlite = "SQLite", postgresql = "PostgreSQL" }
requires = { postgresql = { container = true } }
by_hand = "Move the data"
[options.module_path]
label = "Module path"
help = "Where it is imported from"
pattern = "[a-z./]+"
example = "example.org/shop"
[options.jobs]
offered = false
why = "Take Celery"
[[secrets]]
variable = "SECRET_KEY"
file = ".env"
example = ".env.example"
bytes = 48
[[claims]]
id = "D8"
shows = "admin.py"
test = "test_admin.py"
"""


CONTRACT = """
[contract]
version = 2
strengths = ["docs", "route", "live"]
[process]
variables = { hosts = "ALLOWED_HOSTS", api = "API_RATE" }
lock_files = ["uv.lock", "{project_slug}.lock"]
[log]
request_id = "http.request"
path = "path"
route = "route"
level = "level"
error_values = ["error", 50]
[pages]
path = "/tasks"
fields = { title = "title" }
[login]
path = "/login"
fields = { name = "username", password = "password" }
csrf = ""
password_variable = "FIRST_PASSWORD"
[live]
kind = "sse"
path = "/tasks/events"
"""
COMMANDS_OF_2 = """install = [["uv", "sync"]]
lock = [["UV_OFFLINE=1", "uv", "lock"]]
token = [["uv", "run", "{__package}", "token", "{name}", "--rights", "{rights}"]]
revoke = [["uv", "run", "{project_slug}", "revoke", "{name}"]]
account = [["uv", "run", "account", "{email}"]]
"""
STARTER_OF_2 = CONTRACT + STARTER.replace("[contract]\nversion = 2\n", "").replace(
    'install = [["uv", "sync"]]\n', COMMANDS_OF_2
).replace(
    'get = "https://www.python.org"',
    'get = "https://www.python.org"\nnames = ["python", "pypy"]\nonly = ["serve"]',
)


VARIABLES = """{
  "project_name": "My Project",
  "project_slug": "my-project",
  "description": "",
  "author": "",
  "module_path": "{{ cookiecutter.project_slug }}",
  "container": true,
  "database": ["sqlite", "postgresql"],
  "__package": "{{ cookiecutter.project_slug|replace('-', '_') }}"
}"""


@pytest.fixture
def folder(tmp_path):
    """Write a template.toml and a cookiecutter.json into a folder called ``tiny``."""

    def write(text, variables=VARIABLES):
        (tmp_path / "tiny").mkdir(exist_ok=True)
        (tmp_path / "tiny" / "template.toml").write_text(text)
        (tmp_path / "tiny" / "cookiecutter.json").write_text(variables)
        return tmp_path / "tiny"

    return write


def test_a_framework_without_a_starter_is_complete(folder):
    framework = read_framework(folder(MINIMAL))
    assert (framework.id, framework.starter, framework.supported_until) == ("tiny", None, None)
    assert framework.checked_on == date(2026, 11, 22)


def test_a_framework_runs_on_windows_unless_its_limits_say_no(folder):
    assert read_framework(folder(MINIMAL)).windows
    assert not read_framework(folder(MINIMAL + "[limits]\nwindows = false\n")).windows


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ('windows = "no"', "tiny/template.toml: limits: `windows` must be true or false"),
        ("window = false", "limits: `window` is not a known key Did you mean `windows`?"),
        ("linux = false", "limits: `linux` is not a known key"),
    ],
)
def test_a_mistake_in_the_limits_is_named_with_its_place(folder, limits, message):
    with pytest.raises(TemplateProblem) as caught:
        read_framework(folder(f"{MINIMAL}[limits]\n{limits}\n"))
    assert message in f"{caught.value.message} {caught.value.hint}"


def test_a_starter_is_read_whole(folder):
    starter = read_framework(folder(MINIMAL + STARTER)).starter
    assert starter.commands["install"] == (("uv", "sync"),)
    assert tuple(starter.commands) == COMMANDS
    assert starter.tools[0].environment == {"UV_PYTHON": "{path}"}
    assert (starter.secrets[0].variable, starter.secrets[0].format) == ("SECRET_KEY", "urlsafe")
    assert starter.claims[0].shows == "admin.py"


def test_what_says_how_the_contract_is_kept_is_read_whole(folder):
    starter = read_framework(folder(MINIMAL + STARTER_OF_2)).starter
    assert (starter.contract, starter.strengths) == (2, ("docs", "route", "live"))
    assert starter.variables == {"hosts": "ALLOWED_HOSTS", "api": "API_RATE"}
    assert starter.lock_files == ("uv.lock", "{project_slug}.lock")
    assert starter.log == ("http.request", "path", "route", "level", ("error", 50))
    assert starter.pages == ("/tasks", {"title": "title"})
    assert starter.login.fields == {"name": "username", "password": "password"}
    assert starter.login[2:] == ("", "FIRST_PASSWORD", "http")
    assert starter.live == ("sse", "/tasks/events")
    assert (starter.tools[0].names, starter.tools[0].only) == (("python", "pypy"), ("serve",))
    assert starter.commands["lock"] == (("UV_OFFLINE=1", "uv", "lock"),)


def test_a_starter_may_have_no_process_log_pages_or_log_in(folder):
    starter = read_framework(folder(MINIMAL + STARTER)).starter
    assert (starter.contract, starter.strengths, starter.lock_files) == (2, (), ())
    assert (starter.log, starter.pages, starter.login, starter.live) == (None, None, None, None)


def test_a_starter_that_signs_nothing_needs_no_secret(folder):
    text = STARTER_OF_2[: STARTER_OF_2.index("[[secrets]]")]
    assert read_framework(folder(MINIMAL + text)).starter.secrets == ()


def test_pages_that_only_show_have_no_form(folder):
    text = STARTER_OF_2.replace('fields = { title = "title" }\n', "")
    assert read_framework(folder(MINIMAL + text)).starter.pages == ("/tasks", {})


def test_nobody_logs_in_by_http_where_ddp_is_spoken(folder):
    by_ddp = '[login]\nkind = "ddp"\npassword_variable = "FIRST_PASSWORD"\n[live]'
    before, after = STARTER_OF_2.index("[login]"), STARTER_OF_2.index("[live]")
    text = STARTER_OF_2[:before] + by_ddp + STARTER_OF_2[after + len("[live]") :]
    assert read_framework(folder(MINIMAL + text)).starter.login == ("", {}, "", "FIRST_PASSWORD", "ddp")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("version = 2", "version = 3", "contract: `version` is 3, and must be 2"),
        ('"docs", "route"', '"dosc", "route"', "`strengths`: `dosc` is not one of drain, slow-clients"),
        ('"docs", "route"', '"dosc", "route"', "Did you mean `docs`?"),
        ('route = "route"\n', "", "contract: the strength `route` needs `route` in [log]"),
        ('[live]\nkind = "sse"\npath = "/tasks/events"', "", "the strength `live` needs a table [live]"),
        ("hosts = ", "host_names = ", "process: variables: `host_names` is not a known key"),
        ("lock_files", "lock_fields", "process: `lock_fields` is not a known key Did you mean `lock_files`?"),
        ('["error", 50]', "[]", "log: `error_values` must be a list of texts and whole numbers"),
        ('["error", 50]', "[true]", "log: `error_values` must be"),
        ('path = "/login"', 'path = "login"', "login: `path` is `login`, and must begin with a slash"),
        ('{ name = "username", password', "{ password", "login: fields: `name` is missing"),
        ('title = "title" }', 'title = "title", note = "note" }', "pages: fields: `note` is not a known key"),
        ('kind = "sse"', 'kind = "sees"', "live: `kind` is `sees`, and must be one of sse, websocket"),
        ('only = ["serve"]', 'only = ["server"]', "tools[0]: `only`: `server` is not one of lock"),
        ("{rights}", "{right}", "commands: `token`: there is no `{right}` Did you mean `rights`?"),
        ("{rights}", "{email}", "commands: `token`: there is no `{email}`"),
        ("{__package}", "{__pakage}", "Did you mean `__package`?"),
        ('ALLOWED_HOSTS = "127', 'DEBUG = "127', "environment: `DEBUG` is about neither hosts nor TLS"),
        ('ALLOWED_HOSTS = "127', 'NODE_ENV = "127', "environment: `NODE_ENV` is about neither"),
    ],
)
def test_a_mistake_about_the_contract_is_named_with_its_place(folder, before, after, message):
    assert before in STARTER_OF_2
    with pytest.raises(TemplateProblem) as caught:
        read_framework(folder(MINIMAL + STARTER_OF_2.replace(before, after)))
    assert message in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    "name", ["ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "PUBLIC_URL", "CSRF_TRUSTED_ORIGINS"]
)
def test_the_environment_may_name_hosts_and_tls(folder, name):
    text = STARTER_OF_2.replace('ALLOWED_HOSTS = "127', f'{name} = "127')
    assert name in read_framework(folder(MINIMAL + text)).starter.environment


def test_an_option_is_put_together_from_both_files(folder):
    starter = read_framework(folder(MINIMAL + STARTER)).starter
    assert list(starter.options) == ["module_path", "container", "database"]
    container, database = starter.options["container"], starter.options["database"]
    assert (container.default, container.choices, container.omits) == (True, (), {"false": ("Dockerfile",)})
    assert [(choice.value, choice.label) for choice in database.choices] == [
        ("sqlite", "SQLite"),
        ("postgresql", "PostgreSQL"),
    ]
    assert (database.default, database.by_hand) == ("sqlite", "Move the data")
    assert database.requires == {"postgresql": {"container": "true"}}
    assert starter.options["module_path"].pattern == "[a-z./]+"
    assert starter.not_offered == {"jobs": "Take Celery"}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('name = "Tiny"', "", "tiny/template.toml: framework: `name` is missing"),
        ('name = "Tiny"', "name = 3", "framework: `name` must be text"),
        ('id = "tiny"', 'id = "huge"', "`id` is `huge`, and must be one of tiny"),
        (
            'language = "python"',
            'language = "pyhton"',
            "tiny/template.toml: framework: `language` is `pyhton`",
        ),
        ('language = "python"', 'language = "pyhton"', "Did you mean `python`?"),
        ('kind = "micro"', 'kind = "mirco"', "`kind` is `mirco`, and must be one of full-stack"),
        ("checked_on = 2026-11-22", 'checked_on = "today"', "`checked_on` must be a date"),
        ("checked_on = 2026-11-22", 'checked_on = "2026-11-22"', "`checked_on` must be a date"),
        ('summary = "A framework"', 'sumary = "A framework"', "`summary` is missing"),
        (
            'release = "1.0"',
            'release = "1.0"\nrelaesed = 1',
            "`relaesed` is not a known key Did you mean `release",
        ),
        (
            'needs = ">=3.12"',
            'needs = ">>3.12"',
            "tiny/template.toml: tools[0]: `needs`: `>>3.12` is not a comp",
        ),
        ("bytes = 48", "bytes = true", "secrets[0]: `bytes` must be a whole number"),
        ('install = [["uv", "sync"]]', 'install = ["uv sync"]', "`install` must be a list of argument lists"),
        ('install = [["uv", "sync"]]', 'isntall = [["uv", "sync"]]', "Did you mean `install`?"),
        ('gives = ["a page"]', "gives = [1]", "`gives` must be a list of texts"),
        ("[starter]", "[starter", "cannot be read"),
        (
            "[options.container]",
            "[options.contianer]",
            "options: `contianer` is no option in cookiecutter.json",
        ),
        ("[options.container]", "[options.contianer]", "Did you mean `container`?"),
        ("[options.container]", "[options.author]", "`author` is no option"),
        ('label = "Container files"', "", "options: container: `label` is missing"),
        (
            "{ false =",
            "{ fals =",
            "options: container: omits: `fals` is not a known key Did you mean `false`?",
        ),
        ("{ sqlite =", "{ sqlight =", "options: database: choices: `sqlite` is missing"),
        (
            ', postgresql = "PostgreSQL" }',
            ', postgresql = "PostgreSQL", mysql = "MySQL" }',
            "`mysql` is not a kn",
        ),
        (
            "{ postgresql = { c",
            "{ postgres = { c",
            "requires: `postgres` is not a known key Did you mean `postg",
        ),
        (
            "{ container = true }",
            "{ contaner = true }",
            "names no option `contaner` Did you mean `container`?",
        ),
        ("{ container = true }", "{ container = 1 }", "`requires` names no value `1` of `container`"),
        ('pattern = "[a-z./]+"', "", "module_path: `pattern` is missing"),
        ('pattern = "[a-z./]+"', 'pattern = "[a-z"', "`pattern` is no regular expression: unterminated"),
        ('pattern = "[a-z./]+"', f'pattern = "{"(" * 9000}"', "`pattern` is no regular expression"),
        ('pattern = "[a-z./]+"', 'pattern = "a{99999999999}"', "`pattern` is no regular expression"),
        ('pattern = "[a-z./]+"', 'pattern = "[A-Z]+"', "`example` does not match `pattern`"),
        ("offered = false", 'offered = "no"', "jobs: `offered` must be true or false"),
        ('why = "Take Celery"', "", "options: jobs: `why` is missing"),
    ],
)
def test_a_mistake_is_named_with_its_place(folder, before, after, message):
    assert before in MINIMAL + STARTER
    with pytest.raises(TemplateProblem) as caught:
        read_framework(folder((MINIMAL + STARTER).replace(before, after)))
    assert message in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"container": true', '"contianer": true', "`container` is no option in cookiecutter.json"),
        (
            '"container": true',
            '"jobs": true, "container": true',
            "`jobs`, which is in cookiecutter.json, is mis",
        ),
        (
            '"container": true',
            '"container": true, "licence": ""',
            "`licence`, which is in cookiecutter.json, is",
        ),
        ('"author": "",', "", "cookiecutter.json lacks `author`"),
        (
            '"author": "",',
            '"auhtor": "",',
            "`auhtor`, which is in cookiecutter.json, is missing Did you mean `aut",
        ),
        ('"author": "",', '"author": "", "author": "",', "`author` stands twice"),
        ('"author": "",', '"author": "", "_copy_without_rendr": [],', "Did you mean `_copy_without_render`?"),
        (
            '"author": "",',
            '"author": "", "_jinja2_env_vars": {"trim_block": true},',
            "Did you mean `trim_blocks`?",
        ),
        (
            '"author": "",',
            '"author": "", "_jinja2_env_vars": {"trim_blocks": "yes"},',
            "`_jinja2_env_vars` may only hold true and false",
        ),
    ],
)
def test_a_mistake_in_the_variables_is_named_with_its_place(folder, before, after, message):
    assert before in VARIABLES
    with pytest.raises(TemplateProblem) as caught:
        read_framework(folder(MINIMAL + STARTER, VARIABLES.replace(before, after)))
    assert message in f"{caught.value.message} {caught.value.hint}"


def test_every_template_of_the_catalogue_loads_and_is_sorted():
    frameworks = load_frameworks()
    assert list(frameworks) == sorted(frameworks)
    assert {"django"} <= set(frameworks)


def test_an_unknown_id_gets_the_nearest_one():
    with pytest.raises(InvalidInput) as caught:
        load_framework("djnago")
    assert "Did you mean `django`?" in caught.value.hint


@pytest.mark.parametrize("id", [id for id, framework in load_frameworks().items() if framework.starter])
def test_what_a_template_says_of_its_files_is_true(id):
    starter = load_framework(id).starter
    project = template_folder(id) / "{{cookiecutter.project_slug}}"
    omits = [paths for option in starter.options.values() for paths in option.omits.values()]
    named = [path for paths in omits for path in paths]
    named += [secret.example for secret in starter.secrets]
    named += [place for claim in starter.claims for place in (claim.shows, claim.test)]
    missing = [path for path in named if "{{" not in path and not (project / path.split("::")[0]).exists()]
    assert missing == []


def test_a_new_folder_under_templates_is_a_new_framework(tmp_path):
    """The one-folder rule: no Python changes for a framework."""
    shutil.copytree(
        templates_root() / "flask", tmp_path / "tiny", ignore=lambda *_: ["{{cookiecutter.project_slug}}"]
    )
    (tmp_path / "tiny" / "template.toml").write_text(MINIMAL.replace('"python"', '"elm"'))
    shutil.copy(templates_root() / "sources.toml", tmp_path)
    (tmp_path / "languages.toml").write_text('[elm]\nname = "Elm"\n')
    assert load_frameworks(tmp_path)["tiny"].language == "elm"
    assert list(load_knowledge(tmp_path)) == ["tiny"]


def test_a_missing_key_that_stands_there_misspelt_is_named():
    from scaffold.catalog.table import TomlTable

    with pytest.raises(TemplateProblem, match="`homepage` is missing") as caught:
        TomlTable({"hompage": "https://example.org", "name": "x"}, "a.toml").text("homepage")
    assert caught.value.hint.startswith("Is 'hompage' it, misspelt?")
