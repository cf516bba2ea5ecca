"""A pytest plugin for people who write templates; docs/template-authors.md shows how to use it.

In a ``conftest.py``: ``pytest_plugins = ["scaffold.verify.pytest_plugin"]``.
"""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from scaffold.catalog import template_folder
from scaffold.verify.sample import Sample, make_sample

MakeSample = Callable[..., Sample]


@pytest.fixture
def sample(tmp_path: Path) -> MakeSample:
    """Make projects: ``sample(template, database="postgresql", …)``; a template is an id or a folder."""
    numbers = count(1)

    def make(template: str | Path, folder: str = "", **variables: str | bool) -> Sample:
        place = tmp_path / "samples" / str(next(numbers))
        place.mkdir(parents=True)
        source = template if isinstance(template, Path) else template_folder(template)
        return make_sample(source, place / (folder or "my-project"), variables)

    return make
