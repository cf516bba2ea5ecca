"""The questions about the project itself: one for each variable that all templates share."""

from scaffold.model.answers import Choice, Question

PROJECT_QUESTIONS: tuple[Question, ...] = (
    Question(
        id="project_name",
        text="What is the project called?",
        why="The title of its README and pages; any text on one line.",
        kind="text",
    ),
    Question(
        id="project_slug",
        text="Which name should packages and services have?",
        why="Lower-case letters, digits and hyphens; it follows from the folder's name.",
        kind="text",
    ),
    Question(
        id="description",
        text="What does it do, in one sentence?",
        why="The second line of the README and the package's summary.",
        kind="text",
    ),
    Question(
        id="author",
        text="Who writes it?",
        why="The licence and the package name its author; may stay empty.",
        kind="text",
    ),
    Question(
        id="license",
        text="Under which licence?",
        why="Others may use the code only as the licence says.",
        kind="single",
        choices=(
            Choice(value="MIT", label="MIT", help="short and permissive"),
            Choice(value="Apache-2.0", label="Apache 2.0", help="permissive, with a patent grant"),
            Choice(value="Proprietary", label="Proprietary", help="all rights reserved"),
        ),
    ),
    Question(
        id="database",
        text="Which database does it start with?",
        why="The default of DATABASE_URL; every starter runs on both, by that variable alone.",
        kind="single",
        choices=(
            Choice(value="sqlite", label="SQLite", help="a file; nothing to install"),
            Choice(value="postgresql", label="PostgreSQL", help="a server; compose.yaml starts one"),
        ),
    ),
    Question(
        id="container",
        text="Container files?",
        why="A Dockerfile and a compose.yaml with the application and PostgreSQL.",
        kind="switch",
    ),
    Question(
        id="ci",
        text="Continuous integration?",
        why="A workflow that lints and tests each change, and dependency updates.",
        kind="single",
        choices=(
            Choice(value="github", label="GitHub Actions"),
            Choice(value="none", label="None"),
        ),
    ),
)

TEMPLATE_QUESTION = Question(
    id="template",
    text="Which framework?",
    why="With a template there is no interview about what you build; `scaffold list` shows the ids.",
    kind="text",
)
