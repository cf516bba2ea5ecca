"""Which questions a person is asked: what always matters, then what may still change the first."""

from types import SimpleNamespace

import pytest

import scaffold
from scaffold.cli import commands
from scaffold.cli.recommendation_input import ALWAYS, ask_what_is_open
from scaffold.console import Console
from scaffold.errors import InvalidInput
from scaffold.interview.conversation import Move
from scaffold.interview.questions import QUESTIONS
from scaffold.model.answers import Answer, AnswerSource
from scaffold.recommend.hypotheticals import WORTH_ASKING

ORDER = ["what", "languages", "language_policy", "house", "style", "hosting", "team"]
DJANGO = {
    "what": ("site",),
    "languages": ("python",),
    "language_policy": "only",
    "house": ("django",),
    "style": "complete",
    "hosting": "container",
    "team": "small",
}


@pytest.fixture
def ask(monkeypatch):
    """Hold the interview with a person who gives some answers and skips the rest; returns the ids asked."""

    def ask(replies, known=(), *, every=False):
        asked = []

        def reply(question, _default, _progress):
            asked.append(question.id)
            return replies.get(question.id, Move.SKIP)

        person = SimpleNamespace(
            ask=reply, choose=lambda _text, choices: asked.append(choices[0].label) or ""
        )
        monkeypatch.setattr("scaffold.interview.terminal.Terminal", lambda: person)
        monkeypatch.setattr("scaffold.interview.terminal.is_terminal", lambda: True)
        given = {id: Answer(key=id, value=replies[id], source=AnswerSource.OPTION) for id in known}
        ask_what_is_open(given, every=every)
        return asked

    return ask


def test_seven_questions_come_first_in_this_order(ask):
    assert [question.id for question in QUESTIONS][:7] == ORDER
    assert set(ORDER) == ALWAYS
    assert ask(DJANGO)[:7] == ORDER


def test_what_hardly_changes_the_first_is_not_asked(ask):
    *asked, go_on = ask(DJANGO)
    worth = {each.question: each.value for each in scaffold.recommend(DJANGO).ask_next}
    assert max(worth.values()) < WORTH_ASKING
    assert asked == ORDER
    assert go_on == "Go on: no further answer is likely to change the first"


def test_what_is_worth_most_is_asked_next_and_a_skipped_question_not_again(ask):
    answers = {"what": ("api",), "languages": ("javascript", "go"), "language_policy": "prefer"}
    *asked, _ = ask(answers)
    worth = [each for each in scaffold.recommend(answers).ask_next if each.question not in ORDER]
    likely = [each.question for each in worth if each.value >= WORTH_ASKING]
    assert len(likely) > 1
    assert asked == [*ORDER, *likely]


def test_each_answer_changes_what_is_worth_asking(ask):
    answers = {"what": ("api",), "languages": ("javascript", "go"), "language_policy": "prefer"}
    first = ask(answers)[7]
    choice = next(question for question in QUESTIONS if question.id == first).choices[-1].value
    after = {**answers, first: choice}
    worth = [each for each in scaffold.recommend(after).ask_next if each.question not in ORDER]
    assert ask(after)[8:-1] == [each.question for each in worth if each.value >= WORTH_ASKING]


def test_all_asks_every_question_in_order(ask):
    assert ask(DJANGO, every=True) == [*(question.id for question in QUESTIONS), "Go on"]


def test_what_is_answered_is_not_asked(ask):
    assert ask(DJANGO, ["what", "house"])[:5] == ["languages", "language_policy", "style", "hosting", "team"]
    assert ask(DJANGO, DJANGO) == []


def test_without_a_terminal_what_everybody_is_asked_is_named(monkeypatch):
    monkeypatch.setattr("scaffold.interview.terminal.is_terminal", lambda: False)
    with pytest.raises(
        InvalidInput, match=r"no answer for: what, languages, house, style, hosting, team$"
    ) as caught:
        ask_what_is_open({})
    assert "--set what=… for each" in caught.value.hint
    with pytest.raises(InvalidInput, match=r"no answer for: what, .*, screens$"):
        ask_what_is_open({}, every=True)


def test_with_all_a_report_asks_what_the_given_answers_leave_open(monkeypatch):
    monkeypatch.setattr("scaffold.interview.terminal.is_terminal", lambda: False)
    given = ["recommend", "--set", "what=api", "--set", "languages=go"]
    commands.main([*given, "--format", "json"], standalone_mode=False, obj=Console({}))
    with pytest.raises(InvalidInput, match="no answer for: language_policy, house, "):
        commands.main([*given, "--all"], standalone_mode=False, obj=Console({}))
