"""A recommendation as a report: text, Markdown, HTML or JSON, all from the same values.

A format is imported when it is asked for, so that JSON costs no layout code.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from scaffold.model.answers import Question
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Recommendation

if TYPE_CHECKING:
    from scaffold.report.blocks import Document
    from scaffold.report.wording import Words

__all__ = ["FORMATS", "Explain", "Format", "decision_record", "render", "what_if", "why", "why_not"]

Format = Literal["text", "markdown", "html", "json"]
Explain = Literal["brief", "table", "full"]
FORMATS: tuple[Format, ...] = get_args(Format)
_EXPLAIN: Mapping[Format, Explain] = {"text": "brief", "markdown": "table", "html": "full", "json": "full"}


def render(  # noqa: PLR0913 - what is shown, how, and the words for it
    recommendation: Recommendation,
    format: Format,
    *,
    questions: Sequence[Question],
    frameworks: Mapping[str, Framework],
    knowledge: Mapping[str, Knowledge] | None = None,
    explain: Explain | None = None,
) -> str:
    """Return the report in a format.

    Without ``explain`` text is brief, Markdown has the tables and HTML has
    everything; JSON always has everything.
    """
    if format == "json":
        from scaffold.report.objects import recommendation_object, to_json

        return to_json(recommendation_object(recommendation, frameworks, knowledge))
    words = _words((recommendation,), questions, frameworks)
    document = _document(recommendation, words, knowledge, explain or _EXPLAIN[format])
    return _written(document, format)


def why(
    recommendation: Recommendation,
    framework: str,
    format: Format = "text",
    *,
    questions: Sequence[Question] = (),
    frameworks: Mapping[str, Framework] | None = None,
) -> str:
    """Return how a framework came to its place."""
    from scaffold.report import views
    from scaffold.report.objects import to_json

    if format == "json":
        return to_json(views.why_object(recommendation, framework))
    words = _words((recommendation,), questions, frameworks or {})
    return _written(views.why_document(recommendation, framework, words), format)


def why_not(
    recommendation: Recommendation,
    framework: str,
    format: Format = "text",
    *,
    questions: Sequence[Question] = (),
    frameworks: Mapping[str, Framework] | None = None,
) -> str:
    """Return what keeps a framework from the first place, and what would bring it there."""
    from scaffold.report import views
    from scaffold.report.objects import to_json

    if format == "json":
        return to_json(views.why_not_object(recommendation, framework))
    words = _words((recommendation,), questions, frameworks or {})
    return _written(views.why_not_document(recommendation, framework, words), format)


def what_if(
    before: Recommendation,
    after: Recommendation,
    format: Format = "text",
    *,
    questions: Sequence[Question] = (),
    frameworks: Mapping[str, Framework] | None = None,
) -> str:
    """Return what other answers do to the ranking."""
    from scaffold.report import views
    from scaffold.report.objects import to_json

    if format == "json":
        return to_json(views.what_if_object(before, after))
    words = _words((before, after), questions, frameworks or {})
    return _written(views.what_if_document(before, after, words), format)


def decision_record(
    recommendation: Recommendation,
    chosen: str,
    *,
    questions: Sequence[Question],
    frameworks: Mapping[str, Framework],
    decided_on: date | None = None,
) -> str:
    """Return the Markdown of `docs/decisions/0001-framework.md` for the framework that was chosen.

    Without ``decided_on`` the record has no date of its own, so that the same
    answers give the same bytes.
    """
    from scaffold.report.record import record_document

    words = _words((recommendation,), questions, frameworks)
    return _written(record_document(recommendation, chosen, words, decided_on), "markdown")


def _words(
    recommendations: tuple[Recommendation, ...],
    questions: Sequence[Question],
    frameworks: Mapping[str, Framework],
) -> "Words":
    from scaffold.report.wording import words_for

    return words_for(recommendations, questions, frameworks)


def _document(
    recommendation: Recommendation,
    words: "Words",
    knowledge: Mapping[str, Knowledge] | None,
    explain: Explain,
) -> "Document":
    if explain == "brief":
        from scaffold.report.brief import brief_document

        return brief_document(recommendation, words)
    from scaffold.report.outline import long_document

    return long_document(recommendation, words, knowledge, full=explain == "full")


def _written(document: "Document", format: Format) -> str:
    if format == "html":
        from scaffold.report.page import to_html

        return to_html(document)
    if format == "markdown":
        from scaffold.report.markdown import to_markdown

        return to_markdown(document)
    from scaffold.report.text import to_text

    return to_text(document)
