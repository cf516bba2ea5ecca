"""What the tasks tell: statistics from the standard library, a forecast with scikit-learn."""

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ..config import Config, ConfigError
from ..database import Database
from .store import Task, TaskStore


def add_command(commands: Any) -> None:
    command = commands.add_parser("report", help="print statistics about the tasks")
    command.add_argument("--predict", metavar="TITLE", help="how likely such a task gets done")
    command.set_defaults(run=run)


def run(config: Config, arguments: argparse.Namespace) -> None:
    tasks = TaskStore(Database(config.database_url)).every()
    lines = list(report(tasks))
    if arguments.predict is not None:
        lines.append(f"{arguments.predict}: {predict(tasks, arguments.predict):.0%} likely done")
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def report(tasks: Sequence[Task]) -> Iterator[str]:
    done = [task for task in tasks if task.done]
    yield f"{len(tasks)} tasks, {len(done)} done"
    if done:
        hours = [(task.updated - task.created).total_seconds() / 3600 for task in done]
        yield f"half of them within {statistics.median(hours):.1f} hours"
    words = Counter(word.casefold() for task in tasks for word in task.title.split())
    for word, count in words.most_common(3):
        yield f"{count} x {word}"


def predict(tasks: Sequence[Task], title: str) -> float:
    """Learn from the words of the titles how likely a task gets done."""
    try:
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
    except ModuleNotFoundError:
        raise ConfigError("Forecasts need `uv sync --extra analysis`.") from None
    if len({task.done for task in tasks}) < 2:
        raise ConfigError("Forecasts need tasks that are done and tasks that are not.")
    model = make_pipeline(CountVectorizer(), LogisticRegression())
    model.fit([task.title for task in tasks], [task.done for task in tasks])
    return float(model.predict_proba([title])[0][1])
