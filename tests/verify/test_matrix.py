import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scaffold.catalog import load_framework, template_folder
from scaffold.catalog.verification_record import is_current, read_record
from scaffold.errors import InvalidInput
from scaffold.model.verification import Check, FoundTool, Verification
from scaffold.verify import matrix

NODE = FoundTool(name="node", needs=">=24", path="/bin/node", version="24.21.0", rejected=(), get="", why="")


def check(id, outcome):
    return Check(
        id=id, step="lint", sentence="", outcome=outcome, seconds=1.0, expected="e", found="f", detail="d"
    )


@pytest.fixture
def verified(tmp_path, monkeypatch):
    """Let the matrix have one template, a copy, and only pretend to verify it."""
    template = tmp_path / "django"
    shutil.copytree(template_folder("django"), template)
    (template / "verified.toml").unlink(missing_ok=True)
    text = (template / "template.toml").read_text()
    lock = 'lock = [["uv", "lock", "--no-build"]]\n'
    assert lock in text
    (template / "template.toml").write_text(text.replace(lock, ""))  # which would ask the network
    django = load_framework("django")
    monkeypatch.setattr(matrix, "load_frameworks", lambda: {"django": django})
    monkeypatch.setattr(
        matrix, "template_folder", lambda id: template if id == "django" else template_folder(id)
    )
    monkeypatch.setattr(matrix, "find_tools", lambda *_: (NODE,))
    seen = []

    def verify(root, **_):
        seen.append(Path(root).name)
        return Verification(subject=str(root), template="django", tools=(NODE,), checks=tuple(seen_checks))

    seen_checks = [check("lint-1", "passed"), check("too-large", "warned")]
    monkeypatch.setattr(matrix, "verify_project", verify)
    return seen, template, seen_checks


def test_the_rows_hold_the_defaults_first_and_what_makes_another_project():
    rows = matrix.rows_of(template_folder("django"))
    assert (rows[0]["license"], rows[0]["database"], rows[0]["example"]) == ("MIT", "sqlite", True)
    assert (rows[0]["project_slug"], rows[0]["description"]) == (matrix.NAMES[0], matrix.TEXTS[0])
    pairs = {(row["database"], row["example"]) for row in rows}
    assert pairs == {("sqlite", True), ("sqlite", False), ("postgresql", True), ("postgresql", False)}
    assert {row["accounts"] for row in rows} == {True, False}
    assert {row["license"] for row in rows} == {"MIT"}


def test_all_pairs_hold_the_defaults_first_and_every_value():
    rows = matrix.rows_of(template_folder("django"), all_options=True)
    assert (rows[0]["license"], rows[0]["database"], rows[0]["container"]) == ("MIT", "sqlite", True)
    assert {row["license"] for row in rows} == {"MIT", "Apache-2.0", "Proprietary"}
    assert {row["project_slug"] for row in rows} == {"x", matrix.NAMES[0]}
    assert len(matrix.NAMES[0]) == 64


def test_every_row_is_made_and_verified(verified, capsys):
    seen, template, _ = verified
    assert matrix.main([]) == 0
    assert sorted(seen) == sorted(str(row["project_slug"]) for row in matrix.rows_of(template))
    assert capsys.readouterr().out.count("django: 2 checks, 1 not passed, 2 s: ") == len(seen)


def test_a_failed_check_is_told_and_is_the_exit_status(verified, capsys):
    verified[2].append(check("lint-2", "failed"))
    assert matrix.main(["--workers", "1"]) == 1
    assert "    failed lint-2: expected e, found f\n    d\n" in capsys.readouterr().out


def test_a_project_for_postgresql_gets_the_server_and_the_record_names_it(verified, monkeypatch):
    asked, pretended = [], matrix.verify_project

    def verify(root, *, database_url, **more):
        made = (root / ".scaffold.toml").read_text()
        asked.append(('database = "postgresql"' in made, database_url))
        return pretended(root, **more)

    monkeypatch.setattr(matrix, "verify_project", verify)
    monkeypatch.setattr(matrix, "server_version", lambda url: f"version of {url}")
    matrix.main(["--record", "2026-11-22", "--database-url", "postgresql://here"])
    assert set(asked) == {(True, "postgresql://here"), (False, None)}
    assert read_record(verified[1]).tools["postgresql"] == "version of postgresql://here"


@pytest.mark.usefixtures("verified")
def test_strengths_are_looked_at_in_the_first_row_alone(monkeypatch):
    asked, pretended = [], matrix.verify_project

    def verify(root, *, only, **callbacks):
        asked.append("strengths" in only)
        return pretended(root, **callbacks)

    monkeypatch.setattr(matrix, "verify_project", verify)
    matrix.main([])
    assert asked == [True, *[False] * (len(asked) - 1)]


def test_nothing_is_recorded_unless_a_date_is_given(verified):
    matrix.main([])
    assert read_record(verified[1]) is None


def test_a_record_has_the_date_that_was_given(verified):
    matrix.main(["--record", "2026-11-22"])
    record = read_record(verified[1])
    assert (record.date, record.tools, record.warned) == (
        date(2026, 11, 22),
        {"node": "24.21.0"},
        ("too-large",),
    )
    assert (record.rows, record.checks) == (len(verified[0]), 2 * len(verified[0]))


def test_only_what_changed_since_its_record_is_verified_when_asked(verified):
    seen, template, _ = verified
    matrix.main(["--record", "2026-11-22"])
    seen.clear()
    matrix.main(["--changed"])
    assert seen == []
    (template / "template.toml").write_text((template / "template.toml").read_text() + "\n")
    matrix.main(["--changed"])
    assert seen


def test_in_brief_the_defaults_alone_are_verified_unless_something_changed(verified):
    seen, template, _ = verified
    matrix.main(["--record", "2026-11-22"])
    rows = len(seen)
    seen.clear()
    matrix.main(["--brief"])
    assert seen == [matrix.NAMES[0]]
    (template / "template.toml").write_text((template / "template.toml").read_text() + "\n")
    seen.clear()
    matrix.main(["--brief"])
    assert len(seen) == rows > 1


def test_a_template_that_changes_while_it_is_verified_is_not_recorded_as_it_is_afterwards(
    verified, monkeypatch
):
    seen, template, _ = verified
    ordinary = matrix.verify_project

    def meanwhile(root, **callbacks):
        (template / "notes.txt").write_text("changed meanwhile")
        return ordinary(root, **callbacks)

    monkeypatch.setattr(matrix, "verify_project", meanwhile)
    matrix.main(["--record", "2026-11-22"])
    assert seen
    assert not is_current(read_record(template), template)


def test_a_template_whose_tool_is_missing_is_skipped_and_says_so(verified, monkeypatch, capsys):
    monkeypatch.setattr(matrix, "find_tools", lambda *_: (replace(NODE, path=""),))
    assert matrix.main([]) == 0
    assert verified[0] == []
    assert capsys.readouterr().out == "django: skipped, because node was not found\n"


def test_a_template_can_be_a_folder_of_ones_own(verified):
    seen, template, _ = verified
    assert matrix.main([str(template)]) == 0
    assert len(seen) == len(matrix.rows_of(template))


def test_rows_keep_what_an_option_requires_and_leave_text_at_its_default_first(verified):
    template = verified[1]
    toml, variables = template / "template.toml", template / "cookiecutter.json"
    toml.write_text(
        toml.read_text().replace("[options.ci]", "[options.ci]\nrequires = { github = { container = true } }")
        + '[options.module_path]\nlabel = "Module path"\npattern = ".+"\nexample = "example.org/x"\n'
    )
    variables.write_text(variables.read_text().replace('"author": "",', '"author": "", "module_path": "x",'))
    rows = matrix.rows_of(template, all_options=True)
    assert {(row["ci"], row["container"]) for row in rows} == {
        ("github", True),
        ("none", True),
        ("none", False),
    }
    assert rows[0]["module_path"] == ""
    assert {row["module_path"] for row in rows} == {"", "example.org/x"}
    assert matrix.main([]) == 0


def test_an_unknown_template_is_invalid_input(verified):
    with pytest.raises(InvalidInput, match="no template `jango`"):
        matrix.main(["jango"])
    assert verified[0] == []


def test_an_interrupt_stops_every_worker(verified, monkeypatch):
    stopped, pretended = [], matrix.verify_project

    def verify(root, *, only, **callbacks):
        if "strengths" in only:  # the first, which runs alone
            return pretended(root)
        if not stopped:
            stopped.append(root)
            raise KeyboardInterrupt
        try:
            for _ in range(1000):
                callbacks["on_line"]("still at work")
                matrix.Event().wait(0.01)
        except InterruptedError:
            stopped.append(root)
            raise

    monkeypatch.setattr(matrix, "verify_project", verify)
    with pytest.raises(KeyboardInterrupt):
        matrix.main(["--workers", "2"])
    assert len(stopped) >= 2
    assert len(verified[0]) == 1
