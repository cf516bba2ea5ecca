from scaffold.interview.conversation import Move, describe_value, hold_interview, open_questions, review
from scaffold.model.answers import Answer, AnswerSource, Choice, Question


def question(id, *, follows="", kind="single"):
    choices = tuple(Choice(value=value, label=value.title()) for value in ("red", "blue", "none"))
    return Question(id=id, text=f"{id}?", why="Because.", kind=kind, choices=choices, follows=follows)


class Script:
    """Plays the person: replies in order, and notes what was asked with which default."""

    def __init__(self, *replies, picks=()):
        self.replies, self.picks, self.asked = list(replies), list(picks), []

    def ask(self, question, default, progress):
        self.asked.append((question.id, default, progress))
        return self.replies.pop(0)

    def choose(self, _text, choices):
        self.offered = [choice.label for choice in choices]
        return self.picks.pop(0)


QUESTIONS = (question("first"), question("second"), question("detail", follows="second"), question("third"))


def values(answers):
    return {key: answer.value for key, answer in answers.items()}


def test_every_open_question_is_asked_in_order_with_its_place():
    script = Script("red", "blue", "red", "blue")
    answers = hold_interview(QUESTIONS, {}, script)
    assert values(answers) == {"first": "red", "second": "blue", "detail": "red", "third": "blue"}
    assert [progress for _, _, progress in script.asked] == ["1 of 3", "2 of 3", "2 of 3", "3 of 3"]
    assert {answer.source for answer in answers.values()} == {AnswerSource.PROMPT}


def test_what_is_known_is_not_asked_and_the_count_stays():
    known = {"first": Answer(key="first", value="red", source=AnswerSource.OPTION)}
    script = Script("none", "blue", "red")
    assert hold_interview(QUESTIONS, known, script)["first"].source is AnswerSource.OPTION
    assert script.asked[0] == ("second", (), "2 of 3")


def test_back_returns_to_the_question_before_with_its_answer_as_default():
    script = Script("red", "blue", Move.BACK, "red", "blue", "red")
    answers = hold_interview(QUESTIONS[:2] + QUESTIONS[3:], {}, script)
    assert script.asked[3][:2] == ("second", "blue")
    assert answers["second"].value == "red"


def test_back_at_the_first_question_stays_there():
    script = Script(Move.BACK, "red", "blue", "red", "blue")
    assert values(hold_interview(QUESTIONS, {}, script))["first"] == "red"


def test_a_skipped_question_is_an_answer_of_nothing_and_its_follow_up_is_not_asked():
    script = Script(Move.SKIP, Move.SKIP, "blue")
    assert values(hold_interview(QUESTIONS, {}, script)) == {"first": (), "second": (), "third": "blue"}


def test_a_follow_up_disappears_when_its_question_is_answered_anew():
    script = Script("red", "blue", "red", Move.BACK, Move.BACK, Move.SKIP, "blue")
    assert "detail" not in hold_interview(QUESTIONS, {}, script)
    assert [id for id, _, _ in script.asked] == [
        "first",
        "second",
        "detail",
        "third",
        "detail",
        "second",
        "third",
    ]


def last_but_two(still_open, answers):
    return still_open[-1] if len(answers) < 2 else None


def test_a_chooser_says_what_is_asked_next_and_when_it_is_enough():
    script = Script("red", "blue")
    answers = hold_interview(QUESTIONS, {}, script, choose=last_but_two)
    assert values(answers) == {"third": "red", "second": "blue"}
    assert [id for id, _, _ in script.asked] == ["third", "second"]


def test_where_not_all_is_asked_the_progress_says_how_many_there_are_at_most():
    script = Script("red", "blue")
    hold_interview(QUESTIONS, {}, script, choose=last_but_two)
    assert [progress for _, _, progress in script.asked] == ["1, at most 2 more", "2, at most 1 more"]


def test_back_works_whoever_chooses():
    script = Script("red", Move.BACK, "blue", "blue")
    assert values(hold_interview(QUESTIONS, {}, script, choose=last_but_two))["third"] == "blue"
    assert [asked[:2] for asked in script.asked[1:3]] == [("second", ()), ("third", "red")]


def test_a_follow_up_is_open_only_when_there_is_something_to_follow():
    def ids(**given):
        known = {
            key: Answer(key=key, value=value, source=AnswerSource.OPTION) for key, value in given.items()
        }
        return [question.id for question in open_questions(QUESTIONS, known)]

    assert ids() == ["first", "second", "third"]
    assert ids(first="red", second="red") == ["detail", "third"]
    assert ids(first="red", second=()) == ["third"]


def test_the_review_may_say_why_it_is_enough():
    script = Script(picks=[""])
    review(QUESTIONS, {}, script, "Go on: enough")
    assert script.offered[0] == "Go on: enough"


def test_in_the_review_any_answer_can_be_changed_until_the_person_goes_on():
    answers = hold_interview(QUESTIONS, {}, Script("red", "blue", "red", "blue"))
    script = Script("none", picks=["first", ""])
    changed = review(QUESTIONS, answers, script)
    assert script.asked == [("first", "red", "1 of 1")]
    assert values(changed) == {"first": "none", "second": "blue", "detail": "red", "third": "blue"}


def test_a_change_in_the_review_keeps_what_was_answered_to_other_questions():
    of_the_project = Answer(key="project_name", value="Shop", source=AnswerSource.OPTION, where="--set")
    answers = hold_interview(QUESTIONS, {}, Script("red", "blue", "red", "blue"))
    changed = review(
        QUESTIONS, {**answers, "project_name": of_the_project}, Script("none", picks=["first", ""])
    )
    assert changed["project_name"] is of_the_project


def test_a_value_is_described_in_the_words_of_its_question():
    assert describe_value(question("a"), "red") == "Red"
    assert describe_value(question("a", kind="multiple"), ("red", "blue")) == "Red, Blue"
    assert describe_value(question("a", kind="switch"), False) == "no"  # noqa: FBT003
    assert describe_value(question("a"), ()) == "no answer"
