"""What the user should be told beside the ranking: answers that pull apart, and what the catalogue lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scaffold.model.answers import Value
from scaffold.model.recommendation import Candidate
from scaffold.recommend.constraints import spoken_language
from scaffold.recommend.field import Field
from scaffold.recommend.points import chosen

Answers = Mapping[str, Value]

# Frameworks of languages that a catalogue may lack.
OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "java": ("Spring Boot", "Quarkus", "Ktor"),
    "cpp": ("Drogon",),
    "rust": ("Axum", "Actix Web"),
}
# What many would take for this in a language, and a catalogue may lack.
OUTSIDE_FOR: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...] = (
    ("python", frozenset({"api", "ml"}), ("FastAPI",)),
    ("javascript", frozenset({"api", "saas"}), ("NestJS", "Fastify")),
    ("go", frozenset({"api"}), ("Gin", "Echo")),
    ("php", frozenset({"saas", "back-office"}), ("Symfony",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension:
    """Answers that pull apart: a remark for when each question has one of the values, written with spaces."""

    when: tuple[tuple[str, str], ...]
    text: str

    def holds(self, answers: Answers) -> bool:
        """Return whether the answers are such."""
        return all(
            set(values.split()).intersection(chosen(answers.get(question))) for question, values in self.when
        )


TENSIONS: tuple[Tension, ...] = (
    Tension(
        when=(("what", "tiny"), ("what", "saas")),
        text="Something tiny and a product with customers ask for different amounts of framework; "
        "the middle was taken. If this is a prototype, leave the product out",
    ),
    Tension(
        when=(("deadline", "days"), ("team", "large")),
        text="A large team rarely has anything running in days; starting fast and keeping order "
        "were weighed against each other",
    ),
    Tension(
        when=(("team", "alone"), ("priorities", "structure")),
        text="Order in a large code base matters little while one person works on it",
    ),
    Tension(
        when=(("team", "alone"), ("priorities", "long-support easy-hiring")),
        text="One person is often gone before the support of a framework ends; if others take over, "
        "answer that instead of one person",
    ),
    Tension(
        when=(("team", "alone"), ("traffic", "high")),
        text="Thousands of requests a second are rare for what one person builds; "
        "if you only hope for them, answer ordinary",
    ),
    Tension(
        when=(("experience", "first"), ("traffic", "high")),
        text="In a first back end, measure before you pay for raw speed with other things",
    ),
    Tension(
        when=(("hosting", "shared"), ("live", "must nice")),
        text="Plain shared hosting keeps no connections open; live updates there need a push service",
    ),
    Tension(
        when=(("hosting", "shared"), ("background", "needed")),
        text="Plain shared hosting runs no processes of your own; background work there waits for cron",
    ),
    Tension(
        when=(("hosting", "serverless"), ("live", "must nice")),
        text="Functions that start on demand keep no connections open; live updates need a push service",
    ),
    Tension(
        when=(("hosting", "shared"), ("priorities", "raw-speed")),
        text="Raw speed is out of reach on plain shared hosting; elsewhere there is several times as much",
    ),
    Tension(
        when=(("hosting", "shared"), ("traffic", "high")),
        text="Plain shared hosting does not carry thousands of requests a second",
    ),
    Tension(
        when=(("languages", "none"), ("language_policy", "only")),
        text="The team writes no language yet, so none was required",
    ),
    Tension(
        when=(("screens", "none"), ("live", "must nice")),
        text="Nobody draws screens, yet they should change by themselves; this was read as open connections",
    ),
    Tension(
        when=(("screens", "none"), ("admin", "must nice")),
        text="Nobody draws screens, yet there should be some for the data; those were counted as wanted",
    ),
)


def notes(answers: Answers, field: Field) -> tuple[str, ...]:
    """Return every remark that the answers call for."""
    tensions = (tension.text for tension in TENSIONS if tension.holds(answers))
    return (*_missing_languages(answers, field), *_missing_frameworks(answers, field), *tensions)


def _missing_languages(answers: Answers, field: Field) -> tuple[str, ...]:
    present = {entry.framework.language for entry in field}
    missing = [name for name in chosen(answers.get("languages")) if name not in {*present, "none"}]
    return tuple(
        f"{spoken_language(name)} is not in this catalogue; a team that writes it well should "
        f"also look at {' or '.join(OUTSIDE[name])}"
        if name in OUTSIDE
        else "A language of yours is not in this catalogue; look at its own frameworks too"
        for name in missing
    )


def _missing_frameworks(answers: Answers, field: Field) -> tuple[str, ...]:
    languages, what = chosen(answers.get("languages")), set(chosen(answers.get("what")))
    present = {entry.name for entry in field}
    missing = [
        (language, [name for name in names if name not in present])
        for language, kinds, names in OUTSIDE_FOR
        if language in languages and kinds & what
    ]
    return tuple(
        f"Not in this catalogue, but worth a look for this in {spoken_language(language)}: "
        f"{' and '.join(names)}"
        for language, names in missing
        if names
    )


def overtaking(ranking: Sequence[Candidate]) -> tuple[str, ...]:
    """Return a remark when open questions, answered at random, put another first more often."""
    leader = ranking[0]
    rival = max(ranking, key=lambda candidate: candidate.first_share)
    if rival.first_share <= leader.first_share:
        return ()
    remark = (
        f"{leader.name} leads on what you answered; with the open questions answered at random "
        f"{rival.name} is first more often, in {rival.first_share:.0%} of all readings"
    )
    return (remark,)
