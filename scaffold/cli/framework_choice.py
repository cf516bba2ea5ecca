"""Which framework it will be: named, recommended and taken, or recommended and chosen by a person."""

from collections.abc import Callable, Iterator, Sequence
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
    from scaffold.model.recommendation import Candidate, Recommendation

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
    console: Console, named: str | None, answers: Answers, asking: Asking, *, every: bool = False
) -> FrameworkChoice:
    """Return the framework that ``named`` or an answer names, else the recommended or picked one.

    With ``every`` the interview leaves no question out.
    """
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
        return _recommended(console, answers, asking, every=every)
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
    if {step.name for step in plan.steps} & {"lock", "install", "verify"}:
        agree_to_run(console, chosen.framework, chosen.template, asking)


def agree_to_run(console: Console, framework: Framework, template: Path, asking: Asking) -> None:
    """Show what a template of somebody else runs, and ask a person for a yes to it.

    Raises KeyboardInterrupt for a no, and InvalidInput when nobody is there and ``--yes`` was not given.
    """
    if is_built_in(template):
        return
    _show_commands(console, framework)
    if asking is Asking.IMPOSSIBLE:
        raise InvalidInput(
            "Nobody is here to agree to these commands",
            hint="Give --yes to run them; `lock` runs unless --no-lock is given",
        )
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


def _recommended(console: Console, answers: Answers, asking: Asking, *, every: bool) -> FrameworkChoice:
    from scaffold.api import decision_record, recommend, reporter
    from scaffold.catalog import load_framework, template_folder
    from scaffold.cli.recommendation_input import ask_what_is_open

    if asking is not Asking.FORBIDDEN:
        answers = ask_what_is_open(answers, every=every)
    recommendation = recommend(interview_values(answers, QUESTIONS))
    id = "" if asking is Asking.POSSIBLE else _first(recommendation)
    console.say(f"\n{reporter(given=None, columns=console.columns).report(recommendation)}\n")
    id = id or _pick(console, recommendation)
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
    best = recommendation.ranking[0]
    if recommendation.status == "infeasible":
        raise InvalidInput(
            f"No framework fits; {best.name} comes nearest",
            hint=f"{_way_out(recommendation)}, or name one: -t ID",
        )
    if best.has_starter:
        return best.id
    raise InvalidInput(
        f"{best.name} is recommended, and has no starter yet", hint=_with_starter(recommendation)
    )


def _way_out(recommendation: "Recommendation") -> str:
    """Return the first weaker answer that makes it possible, or the question that needs another."""
    ways = (way for conflict in recommendation.conflicts for way in conflict.ways if way.answers is not None)
    way = next(ways, None)
    text = way.text if way else f"give `{recommendation.ranking[0].breaks[0].question}` another answer"
    return text[0].upper() + text[1:]


def _with_starter(recommendation: "Recommendation") -> str:
    """Return what to take where the best has no starter."""
    other = next((candidate for candidate in recommendation.ranking if candidate.has_starter), None)
    if other is None:
        return "Name a framework: -t ID"
    return f"The best one with a starter is {other.name}: -t {other.id}"


def _pick(console: Console, recommendation: "Recommendation") -> str:
    """Let the person pick one that has a starter; of another say what to do instead."""
    from scaffold.catalog import load_framework
    from scaffold.interview.terminal import Terminal

    choices = [*_choices(recommendation), Choice(value=_STOP, label="None of them: stop here")]
    while (picked := Terminal().choose("Which one shall it be?", choices)) != _STOP:
        framework = load_framework(picked)
        if framework.starter:
            return picked
        console.say(
            f"{framework.name} has no starter yet: begin with its own documentation, {framework.homepage}\n"
            f"{_with_starter(recommendation)}"
        )
    raise KeyboardInterrupt


def _choices(recommendation: "Recommendation") -> Sequence[Choice]:
    """Return all that are ranked, in order, then what has a starter and no rank."""
    from scaffold.catalog import load_frameworks

    frameworks = load_frameworks()
    ranked = [
        Choice(
            value=candidate.id,
            label="  ".join((candidate.name, f"{candidate.bill / 10:.1f} points", *_remarks(candidate))),
            help=frameworks[candidate.id].summary,
        )
        for candidate in recommendation.ranking
    ]
    others = [
        Choice(value=id, label=f"{framework.name}  not ranked", help=framework.summary)
        for id, framework in frameworks.items()
        if framework.starter and id not in {choice.value for choice in ranked}
    ]
    return (*ranked, *others)


def _remarks(candidate: "Candidate") -> Iterator[str]:
    """Yield what to know of a framework beside its points."""
    for limit in candidate.breaks:
        yield f"not with `{limit.question}: {limit.answer}`"
    if candidate.equal and not candidate.breaks:
        yield "recommended" if candidate.rank == 1 else "equal to the first"
    if not candidate.has_starter:
        yield "no starter yet"


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
