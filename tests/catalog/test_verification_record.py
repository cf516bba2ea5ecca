import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from scaffold.catalog.verification_record import (
    RECORD,
    VerificationRecord,
    is_current,
    read_record,
    record_text,
    template_digest,
)

RECORDED = VerificationRecord(
    date=date(2026, 11, 22),
    version="1.0.0",
    digest="0" * 64,
    system="Linux x86_64",
    tools={"node": "24.21.0", "npm": "11.19.1"},
    rows=6,
    checks=360,
    warned=("too-large",),
    failed=(),
)


@pytest.fixture
def template(tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "main.py").write_text("print()\n")
    (tmp_path / "template.toml").write_text("")
    return tmp_path


def test_a_record_is_read_as_it_was_written(template):
    (template / RECORD).write_text(record_text(RECORDED))
    assert read_record(template) == RECORDED


def test_a_template_that_was_never_verified_has_no_record(template):
    assert read_record(template) is None


def test_a_record_is_current_until_the_template_changes(template):
    record = replace(RECORDED, digest=template_digest(template))
    assert is_current(record, template)
    (template / "project" / "main.py").write_text("print(1)\n")
    assert not is_current(record, template)


@pytest.mark.parametrize("name", ["project/main.py", "template.toml"])
def test_names_and_executable_bits_are_part_of_a_template(template, name):
    digests = {template_digest(template)}
    (template / name).chmod(0o755)
    digests.add(template_digest(template))
    (template / name).rename(template / f"{name}.moved")
    digests.add(template_digest(template))
    assert len(digests) == 3


@pytest.mark.parametrize("name", [RECORD, "knowledge.toml", "project/__pycache__/main.pyc"])
def test_what_makes_no_project_is_no_part_of_it(template, name):
    before = template_digest(template)
    (template / name).parent.mkdir(exist_ok=True)
    (template / name).write_text("x = 1\n")
    assert template_digest(template) == before


def test_reading_a_record_imports_neither_http_nor_processes():
    code = "import sys, scaffold.catalog.verification_record; print(*sys.modules)"
    modules = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True).stdout
    assert not {"http.client", "subprocess", "scaffold.verify.project"} & set(modules.split())
