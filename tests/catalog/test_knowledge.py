"""The knowledge base: what loads, what is refused, and that every level says why and rests on evidence."""

import re
from datetime import date
from pathlib import Path

import pytest

from scaffold.catalog import load_knowledge, templates_root
from scaffold.catalog.knowledge import (
    CRITERIA,
    FACTS,
    NUMBERS,
    TEXTS,
    read_knowledge,
    read_sources,
)
from scaffold.errors import TemplateProblem

FOLDERS = sorted(path.parent for path in templates_root().glob("*/knowledge.toml"))
SHARED = read_sources(templates_root())
KNOWN = {folder.name: read_knowledge(folder) for folder in FOLDERS}
ARTICLE = {
    "nodejs": ("N", 10), "go": ("G", 8), "python": ("P", 8), "rails": ("R", 9), "aspnetcore": ("A", 9),
    "laravel": ("L", 13), "cakephp": ("C", 13), "django": ("D", 14), "express": ("E", 13),
    "meteor": ("M", 11), "flask": ("F", 2), "sinatra": ("S", 2),
}  # fmt: skip
every_framework = pytest.mark.parametrize("known", KNOWN.values(), ids=KNOWN)


def test_all_frameworks_of_the_article_are_known():
    assert KNOWN.keys() >= ARTICLE.keys()


@every_framework
def test_every_criterion_has_a_level_with_evidence(known):
    assert tuple(known.levels) == CRITERIA
    assert all(level.evidence for level in known.levels.values())


@every_framework
def test_nothing_was_checked_before_its_evidence_was_there(known):
    for stated in (*known.facts.values(), *known.levels.values()):
        dated = [item.as_of for item in stated.evidence if item.source != "JUDGEMENT"]
        assert not dated or stated.checked_on >= min(dated), stated


@every_framework
def test_every_level_says_why_in_one_short_sentence(known):
    for level in known.levels.values():
        assert 10 < len(level.why) <= 120, level.criterion
        assert not level.why.endswith("."), level.criterion
        assert "level" not in level.why, level.criterion


@every_framework
def test_an_addon_is_named_where_something_is_missing(known):
    for level in known.levels.values():
        assert not level.addon or (level.level < 8 and len(level.addon) <= 40), level.criterion


@pytest.mark.parametrize("id", ARTICLE)
def test_all_claims_of_the_article_are_judged(id):
    letter, count = ARTICLE[id]
    assert [claim.id for claim in KNOWN[id].claims] == [f"{letter}{number}" for number in range(1, count + 1)]


def test_the_article_makes_112_claims():
    assert sum(len(KNOWN[id].claims) for id in ARTICLE) == 112


@every_framework
def test_a_claim_that_does_not_hold_says_why_or_that_no_measure_exists(known):
    for claim in known.claims:
        assert claim.note or claim.verdict in {"holds", "unverifiable"}, claim.id


def cited_by(known) -> set[str]:
    stated = (*known.facts.values(), *known.levels.values())
    return {evidence.source for item in stated for evidence in item.evidence}


def test_every_source_is_cited():
    assert SHARED.keys() <= set().union(*map(cited_by, KNOWN.values()))
    for folder in FOLDERS:
        assert read_knowledge_sources(folder) <= cited_by(KNOWN[folder.name]), folder.name


def read_knowledge_sources(folder: Path) -> set[str]:
    text = (folder / "knowledge.toml").read_text(encoding="utf-8")
    table = text.partition("[sources]\n")[2].partition("\n[")[0]
    return set(re.findall(r"^(\w+) = ", table, re.MULTILINE))


def test_judgement_alone_is_never_graded_better_than_c():
    judged = [
        level
        for known in KNOWN.values()
        for level in known.levels.values()
        if {item.source for item in level.evidence} == {"JUDGEMENT"}
    ]
    assert {level.grade for level in judged} <= {"C"}


@pytest.mark.parametrize("id", sorted({*FACTS, *CRITERIA}))
def test_the_guide_explains_every_fact_and_level_once(id):
    guide = (Path(__file__).parents[2] / "docs" / "knowledge.md").read_text(encoding="utf-8")
    named = " ".join(re.findall(r"^\| (`[\w-]+`(?:, `[\w-]+`)*) \|", guide, re.MULTILINE))
    assert named.count(f"`{id}`") == (id in FACTS) + (id in CRITERIA)


# ---- what is refused ---------------------------------------------------------

ORM = 'orm = { value = "included", evidence = ["READ page 1"] }'
WHY = 'grade = "B", why = "it is so"'
LEARN = f'learn = {{ level = 5, {WHY}, evidence = ["READ"] }}'
SOURCES = '[READ]\ntitle = "A page"\nwhere = "https://example.org/"\ndate = 2026-01-01\n'


def document() -> str:
    """A file that loads: every feature is included."""
    plain = {"async": "always", "windows": "supported", "extensions": "large", "compatibility": "policy"}
    values = {id: plain.get(id, "included") for id in FACTS} | dict.fromkeys(NUMBERS, "1")
    values |= dict.fromkeys(TEXTS, "something")
    facts = [f'{id} = {{ value = "{value}", evidence = ["READ page 1"] }}' for id, value in values.items()]
    levels = [f'{id} = {{ level = 5, {WHY}, facts = ["orm", "usage"] }}' for id in CRITERIA if id != "learn"]
    claim = 'X1 = { criterion = "brings", verdict = "holds", text = "it does" }'
    return "\n".join(
        ["checked_on = 2026-10-01", "[facts]", *facts, "[levels]", *levels, LEARN, "[claims]", claim, ""]
    )


def load(root: Path, text: str, sources: str = SOURCES):
    folder = root / "some"
    folder.mkdir()
    (folder / "knowledge.toml").write_text(text, encoding="utf-8")
    (root / "sources.toml").write_text(sources, encoding="utf-8")
    (root / "languages.toml").touch()
    return read_knowledge(folder)


def test_a_complete_file_loads(tmp_path):
    known = load(tmp_path, document())
    assert known.id == "some"
    assert known.facts["orm"].evidence[0].locator == "page 1"
    assert known.levels["learn"].evidence[0].as_of == date(2026, 1, 1)


def test_a_level_rests_on_its_own_evidence_and_on_that_of_its_facts(tmp_path):
    text = document().replace(WHY, f'{WHY}, evidence = ["READ page 2"]', 1)
    known = load(tmp_path, text)
    assert [each.locator for each in known.levels["carries"].evidence] == ["page 2", "page 1"]
    assert known.levels["brings"].evidence == known.facts["orm"].evidence
    assert known.levels["brings"].facts == ("orm", "usage")


def test_what_was_not_looked_at_again_keeps_its_day(tmp_path):
    older = "checked_on = 2025-02-03"
    text = document().replace(ORM, ORM.replace(" }", f", {older} }}"), 1)
    known = load(tmp_path, text.replace(LEARN, LEARN.replace(" }", f", {older} }}")))
    assert known.facts["orm"].checked_on == known.levels["learn"].checked_on == date(2025, 2, 3)
    assert known.facts["migrations"].checked_on == known.levels["brings"].checked_on == date(2026, 10, 1)


def test_a_level_may_name_what_is_usually_added(tmp_path):
    known = load(tmp_path, document().replace(WHY, f'{WHY}, addon = "AdminJS"', 1))
    assert (known.levels["carries"].addon, known.levels["brings"].addon) == ("AdminJS", "")
    assert known.levels["brings"].why == "it is so"


def test_a_folder_may_bring_its_own_sources(tmp_path):
    own = '[sources]\nOWN = { title = "Mine", where = "here", date = 2026-02-02 }\n[facts]'
    text = (
        document()
        .replace("[facts]", own)
        .replace(
            'orm = { value = "included", evidence = ["READ', 'orm = { value = "included", evidence = ["OWN'
        )
    )
    known = load(tmp_path, text)
    assert known.facts["orm"].evidence[0].as_of == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('orm = { value = "included", ', 'orm = { value = "yes", ', ("facts: orm", "`yes`", "included")),
        ('orm = { value = "included", ', 'orm = { valu = "included", ', ("facts: orm", "`value` is missing")),
        ('orm = { value = "included", ', 'orm = { value = "included", date = 1, ', ("facts: orm", "`date`")),
        (ORM, 'orm = { value = "included" }', ("facts: orm", "no source")),
        (ORM, ORM.replace('"READ page 1"', ""), ("facts: orm", "no source")),
        (ORM, "", ("facts", "`orm` is missing")),
        (ORM, ORM.replace("READ", "LOST"), ("facts: orm", "`LOST`")),
        ("[levels]", 'speed = { value = "included", evidence = ["READ"] }\n[levels]', ("facts", "`speed`")),
        ('usage = { value = "1"', 'usage = { value = "many"', ("facts: usage", "`many`", "number")),
        ("brings = { level = 5", "brings = { level = 11", ("levels: brings", "11", "0 to 10")),
        ("brings = { level = 5", "brings = { level = -1", ("levels: brings", "-1", "0 to 10")),
        ("brings = { level = 5", "brings = { level = 5.5", ("levels: brings", "whole number")),
        ("brings = {", "bring = {", ("levels", "`brings` is missing")),
        (', why = "it is so"', "", ("levels: carries", "`why` is missing")),
        (WHY, WHY.replace("B", "D"), ("levels: carries", "`D`")),
        ('facts = ["orm", "usage"]', 'facts = ["ormm"]', ("levels: carries", "`ormm`")),
        (', facts = ["orm", "usage"]', "", ("levels: carries", "no source")),
        (LEARN, LEARN.replace("READ", "LOST"), ("levels: learn", "`LOST`")),
        ('verdict = "holds"', 'verdict = "true"', ("claims: X1", "`true`")),
        ('criterion = "brings", verdict', 'criterion = "beauty", verdict', ("claims: X1", "`beauty`")),
        ("checked_on = 2026-10-01", 'checked_on = "2026"', ("`checked_on` must be a date",)),
        ("checked_on = 2026-10-01", "", ("`checked_on` is missing",)),
        ("checked_on = 2026-10-01", "checked_on = 2026-10-01\nexpires_on = 2027-01-01", ("`expires_on`",)),
        ("[claims]", "[opinions]", ("`opinions`",)),
        ("[facts]", "[facts", ("cannot be read",)),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_place(tmp_path, old, new, said):
    assert old in document()
    with pytest.raises(TemplateProblem) as refused:
        load(tmp_path, document().replace(old, new, 1))
    for words in ("some/knowledge.toml", *said):
        assert words in refused.value.message


def test_facts_without_levels_are_enough(tmp_path):
    text = document()
    known = load(tmp_path, text[: text.index("[levels]")] + text[text.index("[claims]") :])
    assert (len(known.facts), known.levels, len(known.claims)) == (len(FACTS), {}, 1)
    assert load_knowledge(tmp_path) == {}


def test_without_a_file_nothing_is_known(tmp_path):
    assert read_knowledge(tmp_path).facts == {}


@pytest.mark.parametrize("line", ["title", "where", "date"])
def test_a_source_without_title_place_or_date_is_refused(tmp_path, line):
    sources = re.sub(rf"^{line} = .*\n", "", SOURCES, flags=re.MULTILINE)
    with pytest.raises(TemplateProblem, match=f"sources.toml: READ: `{line}` is missing"):
        load(tmp_path, document(), sources)


def test_a_misspelt_source_gets_the_nearest_one_and_the_page_on_knowledge(tmp_path):
    with pytest.raises(TemplateProblem) as refused:
        load(tmp_path, document().replace(ORM, ORM.replace("READ", "RAED"), 1))
    assert refused.value.hint == "Did you mean `READ`? docs/knowledge.md describes the format"
