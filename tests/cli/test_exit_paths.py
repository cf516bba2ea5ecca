"""Where a command decides how it ends, each way once and without a process of its own."""

import json
import shutil
from importlib import import_module
from types import SimpleNamespace

import pytest

import scaffold
from scaffold.catalog import load_framework, template_folder
from scaffold.cli import commands, create, framework_choice
from scaffold.cli.framework_choice import Asking, FrameworkChoice
from scaffold.cli.recommendation_input import ask_what_is_open
from scaffold.cli.verification_output import exit_status
from scaffold.console import Console
from scaffold.errors import ConflictsLeft, InvalidInput
from scaffold.interview.conversation import Move
from scaffold.interview.questions import QUESTIONS
from scaffold.model.verification import Check, Verification
from scaffold.project import create_project, template_language


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


RANKED = [
    SimpleNamespace(id=id, name=id.title(), has_starter=id in {"go", "flask"}) for id in ("rails", "go")
]
OTHERS = [SimpleNamespace(id="rails", name="Rails", has_starter=False)]


@pytest.mark.parametrize(
    ("status", "ranking", "message", "hint"),
    [
        ("insufficient", RANKED, "Too little was answered", "-t ID"),
        ("infeasible", RANKED, "No framework fits all requirements", "-t ID"),
        ("ranked", RANKED, "Rails is recommended, and has no starter yet", "with a starter is Go: -t go"),
        ("ranked", OTHERS, "Rails is recommended, and has no starter yet", "Name a framework: -t ID"),
    ],
)
def test_a_recommendation_that_cannot_be_taken_unasked_says_why(status, ranking, message, hint):
    with pytest.raises(InvalidInput, match=message) as caught:
        framework_choice._first(SimpleNamespace(status=status, ranking=ranking))
    assert caught.value.hint.endswith(hint)


def test_the_first_of_a_ranking_is_taken_when_it_has_a_starter():
    ranked = SimpleNamespace(status="ranked", ranking=RANKED[::-1])
    assert framework_choice._first(ranked) == "go"


def test_without_a_person_no_folder_and_no_answer_is_asked_for(monkeypatch):
    for asking in (Asking.FORBIDDEN, Asking.IMPOSSIBLE):
        with pytest.raises(InvalidInput, match="There is no DIRECTORY"):
            framework_choice.choose_directory(asking)
    monkeypatch.setattr("scaffold.interview.terminal.is_terminal", lambda: False)
    with pytest.raises(InvalidInput, match=r"no answer for: what, ") as caught:
        ask_what_is_open(QUESTIONS, {})
    assert "--set what=… for each" in caught.value.hint
    assert ask_what_is_open((), {}) == {}


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


@pytest.fixture
def provenance(tmp_path):
    """Write the provenance file of a project in ``tmp_path``."""
    text = '[scaffold]\nformat = 2\ncontract = 1\n[template]\nid = "{}"\nversion = "1"\ndigest = ""\n'
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
    ],
)
def test_a_report_has_one_view(run, views):
    with pytest.raises(InvalidInput, match="views of their own"):
        run("recommend", "--set", "what=api", *views)


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
