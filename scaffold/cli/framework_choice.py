"""Which framework it will be: named, recommended and taken, or recommended and chosen by a person."""

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scaffold.catalog import starter_of
from scaffold.catalog.languages import language_of
from scaffold.catalog.location import is_built_in
from scaffold.cli.options import command_lines, interview_values
from scaffold.console import Console
from scaffold.errors import InvalidInput, ScaffoldError
from scaffold.interview.questions import QUESTIONS
from scaffold.interview.variables import TEMPLATE_QUESTION, given_variables, project_questions
from scaffold.model.answers import Answers, AnswerSource, Choice, Question
from scaffold.model.framework import Framework, Language, Starter
from scaffold.model.plan import Plan

if TYPE_CHECKING:
    from scaffold.model.recommendation import Recommendation

Validator = Callable[[str], str]
_STOP = "__stop__"
_DIRECTORY = Question(
    id="directory",
    text="In which folder?",
    why="A new folder, or an empty one; a path is fine, and its last part becomes the project's name.",
    kind="text",
)


class Asking(Enum):
    """Whether somebody is there to answer questions."""

    FORBIDDEN = "--yes was given"
    POSSIBLE = "a person sits at a terminal"
    IMPOSSIBLE = "there is no terminal"


class FrameworkChoice(NamedTuple):
    """The framework, all answers, and the decision record when a recommendation was made.

    ``template`` is the folder of the framework, ``named`` what was written for it.
    """

    framework: Framework
    template: Path
    named: str
    answers: Answers
    decision: str = ""


def who_can_be_asked(*, yes: bool) -> Asking:
    """Look whether questions can be asked."""
    if yes:
        return Asking.FORBIDDEN
    from scaffold.interview.terminal import is_terminal

    return Asking.POSSIBLE if is_terminal() else Asking.IMPOSSIBLE


def choose_directory(asking: Asking) -> str:
    """Ask for the target folder, or raise InvalidInput when nobody can be asked."""
    if asking is not Asking.POSSIBLE:
        raise InvalidInput(
            "There is no DIRECTORY to create the project in", hint="Write `scaffold new DIRECTORY …`"
        )
    from scaffold.interview.terminal import Terminal
    from scaffold.project import check_target

    terminal = Terminal({_DIRECTORY.id: _reason_of(lambda text: check_target(Path(text)))})
    while not isinstance(reply := terminal.ask(_DIRECTORY, "", ""), str):
        pass  # there is no question before this one to go back to
    return reply


def choose_framework(
    console: Console, named: str | None, answers: Answers, asking: Asking
) -> FrameworkChoice:
    """Return the framework that ``named`` or an answer names, else the recommended or picked one."""
    if (
        named
        and TEMPLATE_QUESTION.id in answers
        and answers[TEMPLATE_QUESTION.id].source == AnswerSource.OPTION
    ):
        raise InvalidInput(
            "The framework is named twice, by -t and by --set template", hint="Give one of them"
        )
    template = named or _template_answer(answers)
    if template is None:
        return _recommended(console, answers, asking)
    from scaffold.catalog import load_framework, template_folder

    framework, folder = load_framework(template), template_folder(template)
    chosen = FrameworkChoice(framework=framework, template=folder, named=template, answers=answers)
    values = interview_values(answers, QUESTIONS)
    if not values or not is_built_in(folder):
        return chosen
    from scaffold.api import decision_record, recommend

    return chosen._replace(decision=decision_record(recommend(values), framework.id))


def settle_variables(chosen: FrameworkChoice, folder: str, asking: Asking) -> dict[str, str | bool]:
    """Return every variable of the project: answered, asked for, or the template's default."""
    from scaffold.project import project_variables

    framework = chosen.framework
    given = given_variables(framework, starter_of(framework), chosen.answers)
    defaults = project_variables(framework, chosen.template, given, folder)
    if asking is not Asking.POSSIBLE:
        return defaults
    asked = _ask_variables(chosen, defaults)
    return project_variables(framework, chosen.template, asked, folder)


def agree_to_commands(console: Console, chosen: FrameworkChoice, plan: Plan, asking: Asking) -> None:
    """Have what the plan runs of somebody else's template agreed to, as :func:`agree_to_run` does."""
    if {step.name for step in plan.steps} & {"install", "verify"}:
        agree_to_run(console, chosen.framework, chosen.template, asking)


def agree_to_run(console: Console, framework: Framework, template: Path, asking: Asking) -> None:
    """Show what a template of somebody else runs, and ask a person for a yes to it.

    Raises KeyboardInterrupt for a no, and InvalidInput when nobody is there and ``--yes`` was not given.
    """
    if is_built_in(template):
        return
    _show_commands(console, framework)
    if asking is Asking.IMPOSSIBLE:
        raise InvalidInput("Nobody is here to agree to these commands", hint="Give --yes to run them")
    if asking is Asking.POSSIBLE:
        confirm("Run these commands?")


def _show_commands(console: Console, framework: Framework) -> None:
    """Show the commands that a template brings."""
    console.say(f"The template `{framework.id}` is not one of scaffold's. It runs:")
    for line in command_lines(starter_of(framework)):
        console.say(line)


def confirm(question: str) -> None:
    """Ask for a yes; KeyboardInterrupt when it is no."""
    from scaffold.interview.terminal import Terminal

    if not Terminal().confirm(question):
        raise KeyboardInterrupt


def agree(plan: Plan, asking: Asking) -> None:
    """Ask for a last yes before anything is written; KeyboardInterrupt when it is no."""
    if asking is Asking.POSSIBLE:
        confirm(f"Create {plan.target} with {plan.template}, {len(plan.files)} files?")


def _ask_variables(chosen: FrameworkChoice, defaults: dict[str, str | bool]) -> dict[str, str | bool]:
    from scaffold.interview.conversation import hold_interview
    from scaffold.interview.terminal import Terminal

    starter = starter_of(chosen.framework)
    terminal = Terminal(_validators(starter, language_of(chosen.framework.language, chosen.template)))
    settled = hold_interview(project_questions([starter]), chosen.answers, terminal, defaults=defaults)
    replies = {key: answer.value for key, answer in settled.items() if key in defaults}
    return {key: value for key, value in replies.items() if isinstance(value, str | bool)}


def _recommended(console: Console, answers: Answers, asking: Asking) -> FrameworkChoice:
    from scaffold.api import decision_record, recommend, report
    from scaffold.catalog import load_framework, template_folder
    from scaffold.cli.recommendation_input import ask_what_is_open, refuse_to_ask

    if asking is Asking.POSSIBLE:
        answers = ask_what_is_open(QUESTIONS, answers)
    missing = [question.id for question in QUESTIONS if question.id not in answers and not question.follows]
    if asking is Asking.IMPOSSIBLE and missing:
        raise refuse_to_ask(missing)
    recommendation = recommend(interview_values(answers, QUESTIONS))
    id = "" if asking is Asking.POSSIBLE else _first(recommendation)
    console.say(f"\n{report(recommendation)}\n")
    id = id or _pick(recommendation)
    return FrameworkChoice(
        framework=load_framework(id),
        template=template_folder(id),
        named=id,
        answers=answers,
        decision=decision_record(recommendation, id),
    )


def _first(recommendation: "Recommendation") -> str:
    """Return the first of the ranking, or say why nobody can take it without asking."""
    if recommendation.status == "insufficient":
        raise InvalidInput(
            "Too little was answered to recommend a framework",
            hint="Answer at least `what` and `languages`, or name one: -t ID",
        )
    if recommendation.status == "infeasible":
        raise InvalidInput(
            "No framework fits all requirements", hint="Give one up, or name a framework: -t ID"
        )
    best = recommendation.ranking[0]
    if best.has_starter:
        return best.id
    other = next((candidate for candidate in recommendation.ranking if candidate.has_starter), None)
    hint = (
        f"The best one with a starter is {other.name}: -t {other.id}" if other else "Name a framework: -t ID"
    )
    raise InvalidInput(f"{best.name} is recommended, and has no starter yet", hint=hint)


def _pick(recommendation: "Recommendation") -> str:
    from scaffold.interview.terminal import Terminal

    choices = [*_choices(recommendation), Choice(value=_STOP, label="None of them: stop here")]
    picked = Terminal().choose("Which one shall it be?", choices)
    if picked == _STOP:
        raise KeyboardInterrupt
    return picked


def _choices(recommendation: "Recommendation") -> Sequence[Choice]:
    from scaffold.catalog import load_frameworks, load_knowledge

    frameworks, knowledge = load_frameworks(), load_knowledge()
    ranked = [
        Choice(
            value=candidate.id,
            label=f"{candidate.name}  {float(candidate.score):.1f}{'  recommended' * candidate.in_top_group}",
            help=frameworks[candidate.id].summary,
        )
        for candidate in recommendation.ranking
        if candidate.has_starter
    ]
    seen = {choice.value for choice in ranked}
    unfit = "" if recommendation.status == "insufficient" else "  does not fit your answers"
    others = [
        Choice(
            value=id,
            label=f"{framework.name}{unfit if id in knowledge else '  not ranked'}",
            help=framework.summary,
        )
        for id, framework in frameworks.items()
        if framework.starter and id not in seen
    ]
    return (*ranked, *others)


def _template_answer(answers: Answers) -> str | None:
    answer = answers.get(TEMPLATE_QUESTION.id)
    return str(answer.value) if answer and answer.value else None


def _validators(starter: Starter, language: Language) -> dict[str, Validator]:
    """Return what refuses a text while it is typed, with the reason."""
    from scaffold.project import check_option_text, check_slug, check_text

    checks = {id: _reason_of(partial(check_text, id)) for id in ("project_name", "description", "author")}
    checks |= {id: _reason_of(partial(check_option_text, each)) for id, each in starter.options.items()}
    return {**checks, "project_slug": _reason_of(lambda text: check_slug(text, language))}


def _reason_of(check: Callable[[str], object]) -> Validator:
    def reason(text: str) -> str:
        try:
            check(text)
        except ScaffoldError as error:
            return f"{error.hint}: {error.message}"  # the line is cut at the terminal's edge
        return ""

    return reason
