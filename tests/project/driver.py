"""Makes one project in a process of its own: ``driver.py TEMPLATE TARGET [ON_CONFLICT [DESCRIPTION]]``."""

import secrets
import sys
from pathlib import Path

from scaffold.catalog.template import read_framework
from scaffold.errors import ScaffoldError
from scaffold.project import check_target, create_project, plan_project, project_variables


def main(template: Path, path: Path, on_conflict: str = "refuse", description: str = "") -> int:
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
            git=False,
            on_conflict=on_conflict,
        )
        create_project(plan, token_bytes=secrets.token_bytes, environment={})
    except ScaffoldError as error:
        sys.stderr.write(f"error: {error.message}\n")
        return int(error.status)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
