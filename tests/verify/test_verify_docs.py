"""docs/verify.md and docs/template-authors.md say what the code does."""

import inspect
import re
from pathlib import Path

from scaffold.verify import matrix
from scaffold.verify.contract import CHECKS
from scaffold.verify.sample import Sample
from scaffold.verify.steps import STEPS
from scaffold.verify.stopping import STOP_SECONDS

DOCS = Path(__file__).parent.parent.parent / "docs"


def text_of(name):
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_contract_is_documented_check_by_check():
    rows = re.findall(
        r"^\| `([\w-]+)` \| (must|should) \| (.+?) \| (.+?) \|$", text_of("verify.md"), re.MULTILINE
    )
    assert rows == [(check.id, check.level, check.sentence, check.expected) for check in CHECKS]


def test_every_step_is_documented():
    chapter = text_of("verify.md").partition("## The steps")[2].partition("\n## ")[0]
    assert [step for step in re.findall(r"`(\w+)`", chapter) if step in STEPS][: len(STEPS)] == list(STEPS)


def test_the_time_to_stop_is_documented():
    assert f"within {STOP_SECONDS:.0f} seconds" in text_of("verify.md")


def test_the_number_of_mutants_is_documented():
    files = Path(__file__).with_name("mutants").glob("*.toml")
    mutants = "".join(file.read_text(encoding="utf-8") for file in files)
    total, caught = mutants.count("[[mutant]]"), mutants.count("\ncaught_by = ")
    assert f"broken in {total} ways" in text_of("verify.md")
    assert f"{caught} are caught" in text_of("verify.md")


def test_every_claim_of_the_kit_is_documented():
    documented = set(re.findall(r"^\| `(\w+)\(", text_of("template-authors.md"), re.MULTILINE))
    assert documented == {
        name for name, _ in inspect.getmembers(Sample, inspect.isfunction) if name[0] != "_"
    }


def test_the_commands_of_the_matrix_are_those_in_its_help():
    for line in matrix.__doc__.splitlines()[2:]:
        assert line.strip() in text_of("template-authors.md")
