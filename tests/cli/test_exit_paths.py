"""Where a command decides how it ends, each way once and without a process of its own."""

import json
import re
import shlex
import shutil
import subprocess
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest

import scaffold
from scaffold.catalog import load_framework, template_folder
from scaffold.cli import commands, create, framework_choice
from scaffold.cli.framework_choice import Asking, FrameworkChoice
from scaffold.cli.verification_output import exit_status
from scaffold.console import Console
from scaffold.errors import ConflictsLeft, InvalidInput, TargetRefused
from scaffold.interview.conversation import Move
from scaffold.model.verification import Check, Verification
from scaffold.project import create_project, template_language
from scaffold.project.template_files import PROJECT


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in ``tmp_path``; returns its status, or raises its error."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: commands.main([*words], standalone_mode=False, obj=Console({}))


@pytest.fixture
def terminal(monkeypatch):
    """A person who answers every question for a yes with what stands in ``reply``, and what was asked."""
    person = SimpleNamespace(reply=True, asked=[])
    fake = SimpleNamespace(confirm=lambda text: (person.asked.append(text), person.reply)[1])
    monkeypatch.setattr("scaffold.interview.terminal.Terminal", lambda *_: fake)
    return person


def verification(*outcomes):
    checks = [
        Check(id=step, step=step, sentence="It works", outcome=outcome, seconds=0.0)
        for step, outcome in outcomes
    ]
    return Verification(subject="shop", template="tiny", tools=(), checks=tuple(checks))


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([], 0),
        ([("doctor", "passed"), ("test", "passed")], 0),
        ([("doctor", "warned"), ("boot", "skipped")], 0),
        ([("doctor", "passed"), ("test", "failed"), ("boot", "skipped")], 1),
        ([("doctor", "failed"), ("install", "skipped")], 4),
        ([("lint", "failed"), ("doctor", "failed")], 4),
    ],
)
def test_a_verification_ends_by_its_failures_and_a_missing_tool_is_the_machines(outcomes, status):
    assert exit_status(verification(*outcomes)) == status


@pytest.mark.parametrize("kept", [1, 10, 12])
def test_of_files_that_were_kept_ten_are_named(kept):
    names = [f"file{number}" for number in range(kept)]
    with pytest.raises(ConflictsLeft) as caught:
        create.raise_for_kept_files(names, "; and more")
    assert caught.value.message.endswith(f": {', '.join(names[:10])}; and more")
    create.raise_for_kept_files([])


def candidate(id, *, has_starter, **more):
    return SimpleNamespace(id=id, name=id.title(), has_starter=has_starter, **more)


RANKED = [candidate("rails", has_starter=False), candidate("go", has_starter=True)]
OTHERS = RANKED[:1]


@pytest.mark.parametrize(
    ("status", "ranking", "message", "hint"),
    [
        ("insufficient", RANKED, "Too little was answered", "-t ID"),
        ("ranked", RANKED, "Rails is recommended, and has no starter yet", "with a starter is Go: -t go"),
        ("ranked", OTHERS, "Rails is recommended, and has no starter yet", "Name a framework: -t ID"),
    ],
)
def test_a_recommendation_that_cannot_be_taken_unasked_says_why(monkeypatch, status, ranking, message, hint):
    recommendation = SimpleNamespace(status=status, ranking=ranking)
    monkeypatch.setattr("scaffold.api.recommend", lambda _: recommendation)
    with pytest.raises(InvalidInput, match=message) as caught:
        framework_choice.choose_framework(Console({}), None, {}, Asking.FORBIDDEN)
    assert caught.value.hint.endswith(hint)


@pytest.mark.parametrize(
    ("ways", "hint"),
    [
        ([("add Filament", None), ("rent a small server", {})], "Rent a small server, or name one: -t ID"),
        ([], "Give `hosting` another answer, or name one: -t ID"),
    ],
)
def test_where_nothing_fits_the_way_out_is_said(ways, hint):
    nearest = candidate("go", has_starter=True, breaks=[SimpleNamespace(question="hosting")])
    offered = [SimpleNamespace(text=text, answers=answers) for text, answers in ways]
    found = SimpleNamespace(status="infeasible", ranking=[nearest], conflicts=[SimpleNamespace(ways=offered)])
    with pytest.raises(InvalidInput, match="No framework fits; Go comes nearest") as caught:
        framework_choice._first(found)
    assert caught.value.hint == hint


def test_the_first_of_a_ranking_is_taken_when_it_has_a_starter():
    ranked = SimpleNamespace(status="ranked", ranking=RANKED[::-1])
    assert framework_choice._first(ranked) == "go"


def test_without_a_person_no_folder_is_asked_for():
    for asking in (Asking.FORBIDDEN, Asking.IMPOSSIBLE):
        with pytest.raises(InvalidInput, match="There is no DIRECTORY"):
            framework_choice.choose_directory(asking)


def test_a_person_who_goes_back_is_asked_for_the_folder_again(monkeypatch):
    replies = iter((Move.BACK, Move.BACK, "shop"))
    fake = SimpleNamespace(ask=lambda *_: next(replies))
    monkeypatch.setattr("scaffold.interview.terminal.Terminal", lambda *_: fake)
    assert framework_choice.choose_directory(Asking.POSSIBLE) == "shop"


@pytest.mark.parametrize(("yes", "here", "asking"), [
    (True, True, Asking.FORBIDDEN),
    (True, False, Asking.FORBIDDEN),
    (False, True, Asking.POSSIBLE),
    (False, False, Asking.IMPOSSIBLE),
])  # fmt: skip
def test_yes_forbids_questions_and_else_a_terminal_decides(monkeypatch, yes, here, asking):
    monkeypatch.setattr("scaffold.interview.terminal.is_terminal", lambda: here)
    assert framework_choice.who_can_be_asked(yes=yes) is asking


def test_a_dry_run_into_a_folder_renders_each_file_once(run, tmp_path, monkeypatch):
    rendered, original = [], template_language.rendered
    monkeypatch.setattr(
        template_language,
        "rendered",
        lambda text, source, *rest: (rendered.append(source), original(text, source, *rest))[1],
    )
    (tmp_path / "shop").mkdir()
    assert run("new", "shop", "-t", "flask", "-y", "--dry-run") == 0
    assert "README.md" in rendered
    assert len(rendered) == len(set(rendered))


def test_the_document_of_a_made_project_needs_its_template_no_more(run, tmp_path, monkeypatch, capfd):
    source = shutil.copytree(template_folder("go"), tmp_path / "mine" / "go")

    def make(plan, **more):
        project = create_project(plan, **more)
        (source / "cookiecutter.json").unlink()
        return project

    monkeypatch.setattr(create, "create_project", make)
    assert run("new", "shop", "-t", "mine/go", "-y", "--no-git", "--json") == 0
    assert json.loads(capfd.readouterr().out)["schema"] == "scaffold.new/1"


def a_plan(*steps):
    names = [SimpleNamespace(name=step) for step in steps]
    return SimpleNamespace(steps=names, target="shop", template="go", files=range(3))


def test_a_last_yes_is_asked_of_a_person_only_and_a_no_ends_it(terminal):
    for asking in (Asking.FORBIDDEN, Asking.IMPOSSIBLE):
        framework_choice.agree(a_plan(), asking)
    assert terminal.asked == []
    framework_choice.agree(a_plan(), Asking.POSSIBLE)
    assert terminal.asked == ["Create shop with go, 3 files?"]
    terminal.reply = False
    with pytest.raises(KeyboardInterrupt):
        framework_choice.agree(a_plan(), Asking.POSSIBLE)


def chosen(folder):
    return FrameworkChoice(framework=load_framework("go"), template=folder, named="go", answers={})


@pytest.mark.parametrize("step", ["install", "verify"])
def test_commands_of_somebody_elses_template_are_shown_and_agreed_to(terminal, tmp_path, capsys, step):
    def agree(asking, folder=tmp_path, steps=(step,)):
        framework_choice.agree_to_commands(Console({}), chosen(folder), a_plan("git", *steps), asking)
        return capsys.readouterr().err

    with pytest.raises(InvalidInput, match="Nobody is here to agree"):
        agree(Asking.IMPOSSIBLE)
    assert "`go` is not one of scaffold's" in capsys.readouterr().err
    assert "`go` is not one of scaffold's" in agree(Asking.FORBIDDEN)
    assert terminal.asked == []
    assert "go mod" in agree(Asking.POSSIBLE)
    assert terminal.asked == ["Run these commands?"]
    assert agree(Asking.IMPOSSIBLE, steps=()) == agree(Asking.IMPOSSIBLE, template_folder("go")) == ""


@pytest.fixture
def verified(monkeypatch):
    """What a verification was asked for; none is made."""
    asked = []

    def verify(directory, **options):
        asked.append({"directory": directory, **options})
        return verification()

    monkeypatch.setattr(import_module("scaffold.verify"), "verify_project", verify)
    return asked


@pytest.mark.parametrize("more", [(), ("--json",)])
@pytest.mark.parametrize(
    ("outcomes", "status"), [([("install", "failed")], 1), ([("doctor", "failed")], 4), ([], None)]
)
def test_a_failed_install_decides_the_end_and_kept_files_are_named(  # noqa: PLR0913, PLR0917 - fixtures
    run, tmp_path, monkeypatch, capfd, outcomes, status, more
):
    outcome = verification(*outcomes)
    monkeypatch.setattr(import_module("scaffold.verify"), "verify_project", lambda *_, **__: outcome)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "README.md").write_text("mine")
    command = ("new", "shop", "-t", "go", "-y", "--no-git", "--install", "--on-conflict", "skip", *more)
    if status is None:
        with pytest.raises(ConflictsLeft, match=r"README\.md"):
            run(*command)
    else:
        assert run(*command) == status
    assert "kept  README.md" in capfd.readouterr().err


@pytest.fixture
def provenance(tmp_path):
    """Write the provenance file of a project in ``tmp_path``."""
    text = (
        '[scaffold]\nformat = 2\ncontract = 1\n[template]\nid = "{}"\nversion = "1"\ndigest = ""\n'
        '[variables]\nproject_name = "Shop"\nproject_slug = "shop"\ndescription = ""\nauthor = ""\n'
    )
    return lambda id: (tmp_path / ".scaffold.toml").write_text(text.format(id))


@pytest.mark.parametrize(("words", "url"), [((), None), (("--database-url", "sqlite:///x"), "sqlite:///x")])
def test_a_verification_gets_the_database_that_was_named(run, verified, provenance, words, url):
    provenance("go")
    assert run("verify", *words) == 0
    assert [each["database_url"] for each in verified] == [url]


@pytest.fixture
def foreign(tmp_path):
    """A template of somebody else in the current folder, called ``evil``."""
    folder = shutil.copytree(template_folder("go"), tmp_path / "evil")
    text = (folder / "template.toml").read_text().replace('id = "go"', 'id = "evil"', 1)
    (folder / "template.toml").write_text(text)
    return folder


def test_commands_of_a_foreign_template_are_verified_with_when_somebody_agrees(  # noqa: PLR0913, PLR0917 - fixtures
    run, verified, provenance, foreign, terminal, monkeypatch
):
    provenance("evil")
    command = ("verify", "-t", str(foreign))
    monkeypatch.setattr("scaffold.interview.terminal.is_terminal", lambda: False)
    with pytest.raises(InvalidInput, match="Nobody is here to agree"):
        run(*command)
    assert verified == []
    assert run(*command, "--yes") == 0
    monkeypatch.setattr("scaffold.interview.terminal.is_terminal", lambda: True)
    assert run(*command) == 0
    assert (terminal.asked, len(verified)) == (["Run these commands?"], 2)


@pytest.mark.parametrize("id", ["evil", "./evil", "absolute"])
def test_a_project_cannot_name_a_template_that_is_not_built_in(run, verified, provenance, foreign, id):
    provenance(str(foreign) if id == "absolute" else id)
    with pytest.raises(InvalidInput, match="There is no template"):
        run("verify", "--yes")
    with pytest.raises(InvalidInput, match="There is no template"):
        scaffold.verify(foreign.parent, template="")
    assert verified == []
    provenance("evil")
    scaffold.verify(foreign.parent, template=str(foreign))
    assert [each["framework"].id for each in verified] == ["evil"]


@pytest.mark.parametrize(
    "views",
    [
        ("--why", "go", "--why-not", "go"),
        ("--why", "go", "--what-if", "team=small"),
        ("--why-not", "go", "--what-if", "team=small"),
        ("--compare", "go", "flask", "--why", "go"),
        ("--compare", "go", "flask", "--what-if", "team=small"),
    ],
)
def test_a_report_has_one_view(run, views):
    with pytest.raises(InvalidInput, match="views of their own"):
        run("recommend", "--set", "what=api", *views)


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_a_report_has_one_format(run, format):
    with pytest.raises(InvalidInput, match=f"--json and --format {format} exclude each other"):
        run("recommend", "--set", "what=api", "--json", "--format", format)


def test_an_imagined_answer_is_refused_by_the_name_of_its_option(run):
    for setting in ("team=foo", "tem=small", "team"):
        with pytest.raises(InvalidInput, match=f"^--what-if {setting.split('=')[0]}") as caught:
            run("recommend", "--set", "what=api", "--set", "languages=go", "--what-if", setting)
        assert "--set" not in caught.value.hint


UNFIT = ("what=api", "languages=go", "language_policy=only", "hosting=shared")


@pytest.mark.parametrize(
    ("settings", "status", "said"),
    [
        (UNFIT, "infeasible", "No framework fits; Go (standard library) comes nearest"),
        (("what=api", "languages=go"), "insufficient", "Too little was answered"),
    ],
)
def test_what_cannot_be_taken_unasked_can_be_reported(run, capsys, settings, status, said):
    answers = [word for setting in settings for word in ("--set", setting)]
    assert run("recommend", *answers, "--format", "json") is None
    assert json.loads(capsys.readouterr().out)["status"] == status
    with pytest.raises(InvalidInput) as caught:
        run("new", "shop", "-y", *answers)
    assert caught.value.message.startswith(said)
    assert (caught.value.status, "\n" in caught.value.message) == (2, False)


EQUAL = ("what=api", "languages=python", "hosting=container")


def test_among_equals_the_first_is_taken(run, capsys):
    answers = [word for setting in EQUAL for word in ("--set", setting)]
    run("recommend", *answers, "--format", "json")
    ranked = json.loads(capsys.readouterr().out)
    assert ranked["status"] == "tie"
    assert [each["equal"] for each in ranked["ranking"][:2]] == [True, True]
    run("new", "shop", "-y", *answers, "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["template"] == ranked["ranking"][0]["id"]


@pytest.mark.parametrize(
    "view",
    [
        ("--why", "djnago"),
        ("--why-not", "djnago"),
        ("--compare", "go", "djnago"),
        ("--compare", "djnago", "go"),
    ],
)
def test_a_view_on_what_is_not_ranked_is_refused_with_the_nearest_id(run, view):
    with pytest.raises(InvalidInput, match="There is no framework `djnago`") as caught:
        run("recommend", "--set", "what=api", *view)
    assert "Did you mean `django`?" in caught.value.hint


def test_the_order_of_two_that_are_compared_does_not_matter_and_they_are_two(run, capsys):
    def view(*words):
        run("recommend", "--set", "what=api", "--set", "languages=go", *words)
        return capsys.readouterr().out

    assert view("--compare", "go", "rails") == view("--compare", "rails", "go")
    with pytest.raises(InvalidInput, match="--compare names go twice"):
        view("--compare", "go", "go")


def test_two_that_are_compared_cost_what_they_cost_among_all(run, capsys):
    def bills(*words):
        run("recommend", "--set", "what=api", "--set", "languages=java", "--format", "json", *words)
        found = json.loads(capsys.readouterr().out)
        return {each["id"]: each["bill"] for each in found.get("ranking") or found["candidates"]}

    assert bills("--compare", "rails", "express").items() <= bills().items()


def test_the_command_that_begins_the_project_names_the_answers_file_and_what_was_set(run, capsys, tmp_path):
    (tmp_path / "my answers.yaml").write_text("what: api\nlanguages: go\nteam: alone\n")

    def command(*words):
        run("recommend", *words, "--format", "json")
        return json.loads(capsys.readouterr().out)["template"]["command"]

    options = ("--answers", "my answers.yaml", "--set", "live=must")
    assert command(*options).endswith(f"-t go {shlex.join(options)}")
    assert command("--set", "what=api", "--set", "languages=go", "--set", "team=alone").endswith(
        "-t go --set what=api --set languages=go --set team=alone"
    )


@pytest.fixture
def much_later(monkeypatch):
    monkeypatch.setattr("scaffold.clock.today", lambda: date(2028, 1, 28))


@pytest.mark.usefixtures("much_later")
def test_what_is_past_its_time_is_said_with_its_age(run, capsys):
    run("list")
    assert all("checked 14 months ago" in line for line in capsys.readouterr().out.splitlines()[1:])
    run("list", "--json")
    entries = json.loads(capsys.readouterr().out)["templates"]
    assert {each["overdue"] for each in entries} == {"checked 14 months ago"}
    run("show", "django", "--evidence")
    shown = capsys.readouterr().out
    about, levels = shown.split("\nAbout\n")[1].split("What it needs")[0], shown.split("Levels, 0 to 10")[1]
    facts = shown.split("\nFacts\n")[1].split("\nLevels")[0]
    assert re.search(r"^  usage .*; checked \d\d months ago\)$", facts, re.MULTILINE)
    assert not re.search(r"^  orm .*months ago", facts, re.MULTILINE)
    assert "checked 14 months ago" in about
    longevity = levels.split("longevity")[1].split("ecosystem")[0]
    assert "checked 14 months ago, so it counts as judged" in longevity
    assert "months ago" not in levels.split("structure")[1].split("longevity")[0]


@pytest.mark.usefixtures("much_later")
def test_a_recommendation_is_of_the_day_that_was_handed_in(run, capsys):
    run("recommend", "--set", "what=api", "--format", "json")
    printed = json.loads(capsys.readouterr().out)
    assert printed["as_of"] == scaffold.recommend({"what": ("api",)}).as_of.isoformat() == "2028-01-28"
    assert {each["what"] for each in printed["overdue"]} >= {"release", "longevity"}


@pytest.mark.parametrize("words", [("list",), ("show", "django", "--evidence")])
def test_what_was_checked_in_time_is_not_said_to_be_old(run, capsys, monkeypatch, words):
    monkeypatch.setattr("scaffold.clock.today", lambda: date(2026, 11, 28))
    run(*words)
    assert "months ago" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "more", [("--only", "boot"), ("--database-url", "sqlite://"), ("--template", "x"), ("elsewhere",)]
)
def test_a_running_service_is_checked_alone(run, more):
    with pytest.raises(InvalidInput, match="--url checks a running service"):
        run("verify", "--url", "http://127.0.0.1:9", *more)


@pytest.mark.parametrize(("found", "status"), [(["/bin/go"], 0), ([""], 4), (["/bin/go", ""], 4), ([], 0)])
def test_doctor_ends_with_4_when_a_tool_is_missing(run, monkeypatch, found, status):
    from scaffold.model.verification import FoundTool

    tools = [
        FoundTool(name="go", needs="", path=path, version="1", rejected=(), get="buy it", why="so")
        for path in found
    ]
    monkeypatch.setattr(import_module("scaffold.verify"), "doctor", lambda *_: {"go": tools})
    assert run("doctor", "go") == run("doctor", "go", "--json") == status


def test_a_folder_that_is_not_empty_is_refused_before_the_first_question(run, tmp_path, monkeypatch):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "main.py").touch()
    monkeypatch.setattr(framework_choice, "choose_framework", lambda *_: pytest.fail("asked"))
    with pytest.raises(TargetRefused, match=r"is not empty: main\.py$"):
        run("new", "shop")


@pytest.mark.parametrize("rule", ["skip", "overwrite"])
def test_a_dry_run_says_what_becomes_of_each_file_that_exists(run, tmp_path, capsys, rule):
    (tmp_path / "shop").mkdir()
    for path in ("README.md", ".env"):
        (tmp_path / "shop" / path).write_text("mine")
    shutil.copy(template_folder("flask") / PROJECT / ".editorconfig", tmp_path / "shop")
    command = ("new", "shop", "-t", "flask", "-y", "--dry-run", "--on-conflict", rule)
    with pytest.raises(ConflictsLeft):
        run(*command)
    text = capsys.readouterr().out
    with pytest.raises(ConflictsLeft):
        run(*command, "--json")
    document = json.loads(capsys.readouterr().out)
    readme, place = ("kept", None) if rule == "skip" else ("replaced", tmp_path / "shop/.scaffold-backup/1")
    expected = {".env": "kept", ".editorconfig": "unchanged", "README.md": readme}
    assert {file["path"]: file["outcome"] for file in document["files"] if file["exists"]} == expected
    assert {file["outcome"] for file in document["files"] if not file["exists"]} == {"created"}
    assert dict(re.findall(r" (\S+)(?:  fresh.*)?  exists, (\w+)$", text, re.MULTILINE)) == expected
    assert document["backup"] == (place and str(place))
    assert (f"\nWhat is replaced is kept in {place}\n" in text) == (place is not None)
    commit = next(step for step in document["steps"] if step["name"] == "git")
    assert ("README.md" in commit["commands"][1]) == (rule == "overwrite")


def test_what_is_kept_stays_out_of_the_commits(run, tmp_path, monkeypatch):
    def verify(directory, **_):
        (directory / "some.lock").touch()
        return verification(("install", "passed"))

    monkeypatch.setattr(import_module("scaffold.verify"), "verify_project", verify)
    monkeypatch.setattr(create, "check_tools", lambda *_: None)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "README.md").write_text("mine")
    with pytest.raises(ConflictsLeft):
        run("new", "shop", "-t", "flask", "-y", "--install", "--on-conflict", "skip")
    git = ("git", "-C", str(tmp_path / "shop"))
    committed = subprocess.run((*git, "ls-files"), check=True, capture_output=True, text=True).stdout.split()
    assert {"pyproject.toml", "some.lock"} <= {*committed}
    assert "README.md" not in committed


def test_the_report_of_new_does_not_say_how_to_begin_nor_what_to_answer(run, capsys):
    answers = [word for setting in ("what=api", "languages=go", "team=alone") for word in ("--set", setting)]
    run("recommend", *answers)
    said = capsys.readouterr().out
    assert "\nStart " in said
    assert "\nAnswer next " in said
    run("new", "shop", "-y", *answers, "--dry-run")
    said = capsys.readouterr().err
    assert "How sure" in said
    assert "Start " not in said
    assert "Answer next" not in said


def test_what_was_overwritten_is_said_with_its_place(run, tmp_path, capsys):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "README.md").write_text("mine")
    assert run("new", "shop", "-t", "flask", "-y", "--no-git", "--on-conflict", "overwrite") == 0
    kept = tmp_path / "shop" / ".scaffold-backup" / "1"
    assert f"what was replaced, README.md, in {kept}\n" in capsys.readouterr().err
    assert (kept / "README.md").read_text() == "mine"
