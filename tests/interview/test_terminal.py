"""What a terminal offers, without one."""

from scaffold.interview import terminal
from scaffold.interview.questions import QUESTIONS


def test_after_a_language_none_yet_is_offered_no_more(monkeypatch):
    replies, offered = iter(["python", terminal._NO_MORE]), []

    def select(_label, choices, *_more):
        offered.append({choice.value for choice in choices})
        return next(replies)

    monkeypatch.setattr(terminal, "_select", select)
    languages = next(question for question in QUESTIONS if question.id == "languages")
    assert terminal._ask_ranked(languages, (), "") == ("python",)
    assert ["none" in each for each in offered] == [True, False]
