"""A recommendation as a report: text, Markdown, HTML or JSON, all from the same values.

A format is imported when it is asked for, so that JSON costs no layout code.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from scaffold.model.answers import Question
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Recommendation

if TYPE_CHECKING:
    from scaffold.report.blocks import Document
    from scaffold.report.wording import Words

__all__ = ["FORMATS", "Explain", "Format", "Reporter"]

Format = Literal["text", "markdown", "html", "json"]
Explain = Literal["brief", "table", "full"]
FORMATS: tuple[Format, ...] = get_args(Format)
_EXPLAIN: Mapping[Format, Explain] = {"text": "brief", "markdown": "table", "html": "full", "json": "full"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Writes reports in one format, with the words for questions and frameworks and the reasons for levels.

    ``columns`` is the width of text; ``given`` are the options by which the answers were given, for the
    command that begins the project: without them each answer stands there on its own. With None the
    command is left out.
    """

    questions: Sequence[Question]
    frameworks: Mapping[str, Framework]
    knowledge: Mapping[str, Knowledge]
    format: Format = "text"
    columns: int = 80
    given: str | None = ""

    def report(self, recommendation: Recommendation, explain: Explain | None = None) -> str:
        """Return the whole report: as much of it as ``explain`` says; JSON always has everything."""
        if self.format == "json":
            from scaffold.report.objects import recommendation_object, to_json

            return to_json(recommendation_object(recommendation, self.frameworks, self.knowledge, self.given))
        explain = explain or _EXPLAIN[self.format]
        if explain == "brief":
            from scaffold.report.brief import brief_document

            return self._written(brief_document(recommendation, self._words()))
        from scaffold.report.outline import long_document

        return self._written(long_document(recommendation, self._words(), full=explain == "full"))

    def why(self, recommendation: Recommendation, framework: str) -> str:
        """Return how a framework came to its place, and what would bring it to the first."""
        from scaffold.report import views

        return self._view(views.why_document, views.why_object, recommendation, framework)

    def compare(self, recommendation: Recommendation) -> str:
        """Return the two frameworks that are ranked criterion by criterion, and what would tip it."""
        from scaffold.report import views

        return self._view(views.compare_document, views.compare_object, recommendation)

    def what_if(self, before: Recommendation, after: Recommendation) -> str:
        """Return what other answers do to the ranking, and why."""
        from scaffold.report import views

        return self._view(views.what_if_document, views.what_if_object, before, after)

    def decision_record(
        self, recommendation: Recommendation, chosen: str, decided_on: date | None = None
    ) -> str:
        """Return the Markdown of `docs/decisions/0001-framework.md` for what was chosen."""
        from scaffold.report.markdown import to_markdown
        from scaffold.report.record import record_document

        return to_markdown(record_document(recommendation, chosen, self._words(), decided_on))

    def _view(
        self, document: Callable[..., "Document"], as_object: Callable[..., object], *shown: object
    ) -> str:
        if self.format == "json":
            from scaffold.report.objects import to_json

            return to_json(as_object(*shown))
        return self._written(document(*shown, self._words()))

    def _words(self) -> "Words":
        from scaffold.report.wording import Words

        by_id = {question.id: question for question in self.questions}
        return Words(questions=by_id, frameworks=self.frameworks, knowledge=self.knowledge, given=self.given)

    def _written(self, document: "Document") -> str:
        if self.format == "html":
            from scaffold.report.page import to_html

            return to_html(document)
        if self.format == "markdown":
            from scaffold.report.markdown import to_markdown

            return to_markdown(document)
        from scaffold.report.text import to_text

        return to_text(document, self.columns)
