"""Makes one project in a process of its own: ``driver.py TEMPLATE TARGET [ON_CONFLICT [DESCRIPTION]]``.

With ``--git`` at the end also the first commit.
"""

import os
import secrets
import sys
from pathlib import Path

from scaffold.catalog.template import read_framework
from scaffold.errors import ScaffoldError
from scaffold.project import check_target, create_project, plan_project, project_variables


def main(
    template: Path, path: Path, on_conflict: str = "refuse", description: str = "", *, git: bool = False
) -> int:
    framework = read_framework(template)
    given = {"description": description} if description else {}
    try:
        target = check_target(path, on_conflict)
        variables = project_variables(framework, template, given, target.name)
        plan = plan_project(
            framework,
            template,
            variables,
            target,
            git=git,
            on_conflict=on_conflict,
        )
        create_project(plan, token_bytes=secrets.token_bytes, environment=os.environ)
    except ScaffoldError as error:
        sys.stderr.write(f"error: {error.message}\n")
        return int(error.status)
    return 0


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--git"]
    sys.exit(main(Path(arguments[0]), Path(arguments[1]), *arguments[2:], git="--git" in sys.argv))
