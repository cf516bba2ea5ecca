"""Puts the recommendation together from its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from scaffold.model.answers import Question, Value
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Recommendation
from scaffold.recommend.case import ENGINE_VERSION, Case, make_case
from scaffold.recommend.consequences import consequences
from scaffold.recommend.counterfactuals import answer_flips, weight_flips
from scaffold.recommend.explanation import against, contrasts, decided_by
from scaffold.recommend.field import make_field
from scaffold.recommend.insufficiency import archetypes, essentials, is_insufficient
from scaffold.recommend.notes import notes, overtaking
from scaffold.recommend.openness import regret, values_of_asking
from scaffold.recommend.ranking import eliminate, is_tie, judge_confidence, no_confidence, rank
from scaffold.recommend.relaxations import relaxations
from scaffold.recommend.tally import Places


def recommend(
    answers: Mapping[str, Value],
    *,
    frameworks: Mapping[str, Framework],
    knowledge: Mapping[str, Knowledge],
    questions: Sequence[Question],
    draws: int = 2000,
) -> Recommendation:
    """Rank the frameworks for some answers, say why, how sure that is, and what would change it."""
    case = make_case(answers, make_field(frameworks, knowledge), questions)
    places = case.tally.eligible(case.answers)
    if is_insufficient(case.tally.slots, case.answers):
        return replace(_blank(case), ask_next=essentials(case), archetypes=archetypes(case.field))
    if not places:
        return replace(_blank(case), status="infeasible", relaxations=relaxations(case.tally, case.answers))
    return _ranked(case, places, draws)


def _ranked(case: Case, places: Places, draws: int) -> Recommendation:
    ranking = rank(case, places, draws)
    terms = {candidate.id: candidate.contributions for candidate in ranking}
    ids = tuple(terms)
    place = {entry.framework.id: place for place, entry in enumerate(case.field)}
    order = tuple(place[id] for id in ids)
    asks = values_of_asking(case.tally, case.answers, case.open_slots)
    return replace(
        _blank(case),
        status="tie" if is_tie(ranking) else "ok",
        ranking=ranking,
        decided_by=decided_by(terms, ids),
        against=against(terms, ids),
        consequences=consequences(case.field[order[0]], case.answers),
        contrasts=contrasts(terms, ids),
        confidence=judge_confidence(case, ranking, draws),
        notes=(*overtaking(ranking), *notes(case.answers, case.field)),
        answer_flips=answer_flips(case.tally, case.questions, case.answers, order[0]),
        weight_flips=weight_flips(case.tally, case.answers, case.points, order),
        ask_next=tuple(ask for ask in asks if ask.value),
        regret=regret(case.tally, case.answers, case.open_slots, order),
    )


def _blank(case: Case) -> Recommendation:
    """Return a recommendation of nothing, to be filled in."""
    return Recommendation(
        status="insufficient",
        answers=case.answers,
        skipped=case.skipped,
        ranking=(),
        eliminated=eliminate(case),
        decided_by=(),
        against=(),
        consequences=(),
        contrasts=(),
        confidence=no_confidence(case),
        answer_flips=(),
        weight_flips=(),
        ask_next=(),
        regret=None,
        relaxations=(),
        archetypes=(),
        notes=notes(case.answers, case.field),
        knowledge_as_of=min((entry.framework.checked_on for entry in case.field), default=date.min),
        knowledge_version=case.version,
        engine_version=ENGINE_VERSION,
        seed=case.seed,
    )
