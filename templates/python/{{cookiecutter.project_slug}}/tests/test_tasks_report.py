from datetime import UTC, datetime, timedelta

import pytest

from app.config import ConfigError
from app.tasks.report import predict, report
from app.tasks.store import Task

from .conftest import Run

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def task(title: str, *, hours: float | None = None) -> Task:
    later = BEGIN + timedelta(hours=hours or 0)
    return Task(1, title, hours is not None, BEGIN, later)


def test_statistics_need_the_standard_library_alone() -> None:
    tasks = [task("Write tests", hours=1), task("Write docs", hours=4), task("Paint", hours=2)]
    assert list(report([*tasks, task("Paint again")])) == [
        "4 tasks, 3 done",
        "half of them within 2.0 hours",
        "2 x write",
        "2 x paint",
        "1 x tests",
    ]
    assert list(report([])) == ["0 tasks, 0 done"]


def test_a_forecast_learns_from_the_titles() -> None:
    pytest.importorskip("sklearn", reason="needs `uv sync --extra analysis`")
    tasks = [task("write code", hours=1)] * 5 + [task("clean cellar")] * 5
    assert predict(tasks, "clean the roof") < 0.5 < predict(tasks, "write a letter")
    with pytest.raises(ConfigError, match="tasks that are done"):
        predict(tasks[:5], "write")


def test_the_command_prints_the_report(python: Run) -> None:
    python("-m", "app", "migrate")
    done = python("-m", "app", "report")
    assert done.stdout == "0 tasks, 0 done\n", done.stderr
