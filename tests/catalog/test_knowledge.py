"""The knowledge base: what loads, what is refused, and that every level says why and rests on something."""

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
from scaffold.model.knowledge import Evidence

FOLDERS = sorted(path.parent for path in templates_root().glob("*/knowledge.toml"))
SHARED = read_sources(templates_root())
KNOWN = {folder.name: read_knowledge(folder) for folder in FOLDERS}
GUIDE = (Path(__file__).parents[2] / "docs" / "knowledge.md").read_text(encoding="utf-8")
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
def test_nothing_was_looked_at_before_its_oldest_source(known):
    for stated in (*known.levels.values(), *known.facts.values()):
        assert stated.checked_on >= min(item.as_of for item in stated.evidence)


@every_framework
def test_every_level_says_why_in_a_sentence_of_its_own(known):
    reasons = [level.why for level in known.levels.values()]
    assert all(len(why.split()) >= 4 for why in reasons)
    assert len(reasons) == len(set(reasons))


@every_framework
def test_a_full_level_names_nothing_to_add(known):
    assert not [level.criterion for level in known.levels.values() if level.level == 10 and level.addon]


@every_framework
def test_what_could_be_added_is_named(known):
    """The report says what to add, in the words of the note."""
    for id in ("push", "admin", "sql", "mongodb"):
        fact = known.facts[id]
        assert fact.note or fact.value in {"included", "none"}, id


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


def test_judgement_is_never_graded_better_than_c():
    judged = [
        level
        for known in KNOWN.values()
        for level in known.levels.values()
        if any(item.source == "JUDGEMENT" for item in level.evidence)
    ]
    assert {level.grade for level in judged} == {"C"}


@pytest.mark.parametrize("id", FACTS)
def test_the_guide_explains_every_fact_once(id):
    section = GUIDE.partition("\n## Facts\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE).count(id) == 1


# ---- what is refused ---------------------------------------------------------

ORM = 'orm = { value = "included", evidence = ["READ page 1"] }'
LEARN = 'learn = { level = 5, grade = "B", why = "it is so", evidence = ["READ page 2"] }'
LIVE = 'live = { level = 5, grade = "B", why = "it is so", addon = "a part", facts = ["push", "async"] }'
SOURCES = '[READ]\ntitle = "A page"\nwhere = "https://example.org/"\ndate = 2026-01-01\n'


def document() -> str:
    """A file that loads: every feature is included."""
    plain = {"async": "always", "windows": "supported", "extensions": "large", "compatibility": "policy"}
    values = {id: plain.get(id, "included") for id in FACTS} | dict.fromkeys(NUMBERS, "1")
    values |= dict.fromkeys(TEXTS, "something")
    facts = [f'{id} = {{ value = "{value}", evidence = ["READ page 1"] }}' for id, value in values.items()]
    written = {"learn": LEARN, "live": LIVE}
    levels = [
        written.get(id, f'{id} = {{ level = 5, grade = "B", why = "so", facts = ["orm"] }}')
        for id in CRITERIA
    ]
    claim = 'X1 = { criterion = "speed", verdict = "holds", text = "it does" }'
    return "\n".join(
        ["checked_on = 2026-11-27", "[facts]", *facts, "[levels]", *levels, "[claims]", claim, ""]
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
    assert known.levels["learn"].evidence == (
        Evidence(source="READ", locator="page 2", as_of=date(2026, 1, 1)),
    )
    live = known.levels["live"]
    assert (live.level, live.grade, live.why, live.addon) == (5, "B", "it is so", "a part")
    assert (known.levels["learn"].addon, known.levels["learn"].facts) == ("", ())


def test_a_level_without_evidence_of_its_own_rests_on_that_of_its_facts_each_once(tmp_path):
    known = load(tmp_path, document())
    assert known.levels["live"].facts == ("push", "async")
    assert known.levels["live"].evidence == known.facts["push"].evidence


def test_what_was_looked_at_another_day_than_the_file_says_so(tmp_path):
    older = ", checked_on = 2025-06-01 }"
    text = document().replace(LIVE, LIVE.replace(" }", older)).replace(ORM, ORM.replace(" }", older))
    known = load(tmp_path, text)
    assert known.levels["live"].checked_on == known.facts["orm"].checked_on == date(2025, 6, 1)
    assert known.levels["learn"].checked_on == known.facts["csrf"].checked_on == date(2026, 11, 27)


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
        ('orm = { value = "included", ', 'orm = { valu = "included", ',
         ("facts: orm", "`value` is missing", "'valu'")),
        ('orm = { value = "included", ', 'orm = { value = "included", date = 1, ', ("facts: orm", "`date`")),
        (ORM, 'orm = { value = "included" }', ("facts: orm", "no source")),
        (ORM, ORM.replace('"READ page 1"', ""), ("facts: orm", "no source")),
        (ORM, "", ("facts", "`orm` is missing")),
        (ORM, ORM.replace("READ", "LOST"), ("facts: orm", "`LOST`")),
        ("[levels]", 'pace = { value = "included", evidence = ["READ"] }\n[levels]', ("facts", "`pace`")),
        ('usage = { value = "1"', 'usage = { value = "many"', ("facts: usage", "`many`", "number")),
        (LEARN, "", ("levels", "`learn` is missing")),
        (LEARN, LEARN.replace("learn", "lern"), ("levels", "`learn` is missing", "'lern'")),
        (LEARN, LEARN.replace("level = 5", "level = 11"), ("levels: learn", "11", "0 to 10")),
        (LEARN, LEARN.replace("level = 5", "level = -1"), ("levels: learn", "-1", "0 to 10")),
        (LEARN, LEARN.replace("level = 5", "level = 5.5"), ("levels: learn", "whole number")),
        (LEARN, LEARN.replace('"B"', '"D"'), ("levels: learn", "`D`", "A, B, C")),
        (LEARN, LEARN.replace('why = "it is so", ', ""), ("levels: learn", "`why` is missing")),
        (LEARN, LEARN.replace("why", "wy"), ("levels: learn", "`why` is missing", "'wy'")),
        (LEARN, LEARN.replace(', evidence = ["READ page 2"]', ""), ("levels: learn", "no source", "`facts`")),
        (LIVE, LIVE.replace('"push"', '"psh"'), ("levels: live", "`psh`, which is none", "`push`")),
        (LIVE, LIVE.replace("addon", "adon"), ("levels: live", "`adon` is not a known key", "`addon`")),
        (LIVE, LIVE.replace('addon = "a part"', "addon = 1"), ("levels: live", "`addon` must be text")),
        (LIVE, LIVE.replace(" }", ', rule = "push" }'), ("levels: live", "`rule` is not a known key")),
        (LIVE, LIVE.replace(" }", ', checked_on = "May" }'), ("levels: live", "`checked_on` must be a date")),
        ('verdict = "holds"', 'verdict = "true"', ("claims: X1", "`true`")),
        ('criterion = "speed", verdict', 'criterion = "beauty", verdict', ("claims: X1", "`beauty`")),
        ("checked_on = 2026-11-27", 'checked_on = "2026"', ("`checked_on` must be a date",)),
        ("checked_on = 2026-11-27", "", ("`checked_on` is missing",)),
        ("[claims]", "[opinions]", ("`opinions`",)),
        ("[facts]", "[facts", ("cannot be read",)),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_place(tmp_path, old, new, said):
    assert old in document()
    with pytest.raises(TemplateProblem) as refused:
        load(tmp_path, document().replace(old, new, 1))
    for words in ("some/knowledge.toml", *said):
        assert words in f"{refused.value.message} {refused.value.hint}"


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
