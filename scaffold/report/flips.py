"""Every change that would bring another framework to the first place, as tables."""

from scaffold.model.answers import Value
from scaffold.model.recommendation import Change, Recommendation
from scaffold.report.blocks import Code, Line, Section, Strong, Table
from scaffold.report.wording import Words, capital, decimal, joined

Row = tuple[Line, ...]


def by_answer(recommendation: Recommendation, words: Words) -> Section | None:
    """Return the changed answers, with what to give to `--what-if`."""
    rows: tuple[Row, ...] = tuple(
        (
            (joined([words.change(change) for change in flip.changes]),),
            _settings(flip.changes),
            (Strong(text=words.name(flip.winner) if flip.winner else "nothing fits"),),
        )
        for flip in recommendation.answer_flips
    )
    table = Table(
        caption="Each of these changes alone brings another to the first place",
        head=("Another answer", "For --what-if", "Then first"),
        rows=rows,
    )
    return _folded("flips", "Every answer that would change it", table)


def _settings(changes: tuple[Change, ...]) -> Line:
    return tuple(
        part
        for place, change in enumerate(changes)
        for part in (" " * bool(place), Code(text=f"{change.question}={_plain(change.imagined)}"))
    )


def _plain(value: Value) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value).lower()


def by_weight(recommendation: Recommendation, words: Words) -> Section | None:
    """Return how many points each criterion would need for another to draw level."""
    rows: tuple[Row, ...] = tuple(
        (
            (capital(words.criterion(flip.criterion)),),
            (str(flip.points),),
            (decimal(flip.needed),),
            (Strong(text=words.name(flip.winner)),),
        )
        for flip in recommendation.weight_flips
    )
    table = Table(
        caption="At these points another draws level; beyond them it is first",
        head=("What matters", "Points now", "Points then", "Level"),
        rows=rows,
        numeric=(1, 2),
    )
    return _folded("weights", "Every weight that would change it", table)


def _folded(id: str, title: str, table: Table) -> Section | None:
    return Section(id=id, title=title, blocks=(table,), folded=True) if table.rows else None
