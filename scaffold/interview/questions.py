"""The interview, as data.

Texts name consequences, not technology. Values are words that YAML and TOML
authors write without quotes; ``no``, ``yes``, ``on`` and ``off`` are avoided
because YAML 1.1 reads them as booleans. The languages and the frameworks to
choose from are those of the catalog.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import overload

from scaffold.model.answers import Choice, Question


class CatalogChoices(Sequence[Choice]):
    """Choices that are in the catalog, read when somebody looks at them."""

    def __init__(self, read: Callable[[], tuple[Choice, ...]]) -> None:
        self._read = cache(read)

    @overload
    def __getitem__(self, index: int) -> Choice: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Choice, ...]: ...
    def __getitem__(self, index: int | slice) -> Choice | tuple[Choice, ...]:
        return self._read()[index]

    def __len__(self) -> int:
        return len(self._read())


def _languages() -> tuple[Choice, ...]:
    from scaffold.catalog import load_frameworks, load_languages

    ours = {framework.language for framework in load_frameworks().values()}
    outside = "The catalog has nothing in it; the report says what to look at."
    known = [
        Choice(value=id, label=language.name, help=language.help if id in ours else outside)
        for id, language in load_languages().items()
    ]
    other = Choice(value="other", label="Another one", help="The catalog has nothing in it.")
    return (*known, other, Choice(value="none", label="None yet"))


def _frameworks() -> tuple[Choice, ...]:
    from scaffold.catalog import load_frameworks

    known = [Choice(value=id, label=framework.name) for id, framework in load_frameworks().items()]
    return (*known, Choice(value="none", label="None of these"))


QUESTIONS: tuple[Question, ...] = (
    Question(
        id="what",
        text="What are you building?",
        why="What the product does all day decides more than anything else. "
        "It also says how much framework is the right amount.",
        kind="multiple",
        limit=2,
        choices=(
            Choice(
                value="site",
                label="A web site with pages and forms",
                help="People read, search, fill in forms: shop, portal, magazine, intranet.",
            ),
            Choice(
                value="api",
                label="An API for an app or another system",
                help="Programs ask and get data back; somebody else draws the screens.",
            ),
            Choice(
                value="realtime",
                label="Something live",
                help="Chat, games, shared editing, dashboards that change by themselves.",
            ),
            Choice(
                value="back-office",
                label="An internal tool for managing records",
                help="Staff look up, enter and correct data all day.",
            ),
            Choice(
                value="ml",
                label="A service around a model or data analysis",
                help="Predictions, recommendations, reports computed by data code.",
            ),
            Choice(
                value="tiny",
                label="Something tiny: a webhook, a helper, a quick prototype",
                help="A few addresses and a few hundred lines, perhaps for ever.",
            ),
            Choice(
                value="saas",
                label="A product that customers sign up and pay for",
                help="Accounts, billing, mails, settings, an area for your own staff.",
            ),
            Choice(
                value="service",
                label="One service among others",
                help="Called by programs, with one job of its own.",
            ),
            Choice(
                value="gateway",
                label="A gateway that passes traffic on",
                help="Proxying, streaming, fan-out: many open connections, little logic.",
            ),
        ),
    ),
    Question(
        id="languages",
        text="Which languages does the team know best?",
        why="Most projects are decided here: those who look after it are fastest, and make the fewest "
        "security mistakes, in the language they know best. Name the strongest first.",
        kind="ranked",
        limit=4,
        choices=CatalogChoices(_languages),
    ),
    Question(
        id="language_policy",
        text="Must it be one of these languages?",
        why="If learning another language is out of the question, everything in other "
        "languages is left out; otherwise knowing one counts, but can be outweighed.",
        kind="single",
        follows="languages",
        choices=(
            Choice(value="only", label="Yes, only these"),
            Choice(value="prefer", label="Rather, but not at any price"),
            Choice(value="any", label="No, we are glad to learn the right one"),
        ),
    ),
    Question(
        id="house",
        text="Does your house already run and maintain one of these?",
        why="What runs already has people who know it, servers that fit and rules that are written; "
        "that is rarely left for one project.",
        kind="multiple",
        limit=5,
        choices=CatalogChoices(_frameworks),
    ),
    Question(
        id="style",
        text="How much shall the framework decide?",
        why="With a complete one you begin further on and take more along; with a lean one you "
        "choose the parts, and keep them together yourselves.",
        kind="single",
        choices=(
            Choice(
                value="complete",
                label="Much: accounts, forms and data in one box",
            ),
            Choice(value="lean", label="Little: routing, and we choose the rest"),
            Choice(value="bare", label="Nothing: no framework, hardly any packages"),
            Choice(value="either", label="Either will do"),
        ),
    ),
    Question(
        id="hosting",
        text="Where will it run?",
        why="Some places run only certain languages, and some frameworks are at home only in certain places.",
        kind="single",
        choices=(
            Choice(
                value="container",
                label="On our own server, a virtual machine or in containers",
            ),
            Choice(
                value="paas",
                label="On a platform that takes our code and runs it",
                help="Heroku, Render, Fly.io, App Service and the like.",
            ),
            Choice(
                value="serverless",
                label="As functions that start on demand",
                help="Lambda, Cloud Run, Azure Functions: start-up time and size count.",
            ),
            Choice(
                value="shared",
                label="On plain shared web hosting",
                help="A few euros a month, files are uploaded, no processes of your own.",
            ),
            Choice(value="windows", label="On Windows Server"),
            Choice(
                value="shipped",
                label="On other people's servers: they install it themselves",
                help="A product to download; the fewer parts it needs, the better.",
            ),
            Choice(
                value="device",
                label="On a small device, or inside another program",
            ),
        ),
    ),
    Question(
        id="team",
        text="How many people will work on it?",
        why="Many hands want rules that the framework enforces, and people to hire. "
        "One person wants to be done soon.",
        kind="single",
        choices=(
            Choice(value="alone", label="One person"),
            Choice(value="small", label="Two to five people"),
            Choice(
                value="large",
                label="Six or more people",
                help="Several teams, or one large one, in the same code.",
            ),
        ),
    ),
    Question(
        id="traffic",
        text="How busy will one machine be?",
        why="Almost any framework serves ordinary traffic. Raw speed should count only "
        "where it changes your bill or your users notice.",
        kind="single",
        choices=(
            Choice(
                value="ordinary",
                label="Ordinary: up to about 50 requests a second",
                help="More than four million a day; most products never get there.",
            ),
            Choice(value="busy", label="Busy: hundreds a second"),
            Choice(
                value="high",
                label="Thousands a second, or heavy computing in each request",
            ),
        ),
    ),
    Question(
        id="priorities",
        text="What matters most to you, in order?",
        why="This overrules what we concluded from your other answers.",
        kind="ranked",
        limit=3,
        choices=(
            Choice(value="fast-to-build", label="A first version soon"),
            Choice(value="easy-to-learn", label="Easy to learn"),
            Choice(value="raw-speed", label="Fast answers under load"),
            Choice(value="security", label="Safe without being an expert"),
            Choice(value="long-support", label="Supported for years, few breaking changes"),
            Choice(value="easy-hiring", label="Easy to find people for"),
            Choice(value="small", label="Small and simple, little to carry along"),
            Choice(value="freedom", label="Freedom to choose the parts ourselves"),
            Choice(value="structure", label="Order in a large code base"),
        ),
    ),
    Question(
        id="lifetime",
        text="How long will it be in use?",
        why="What stays for many years needs long support, people to hire and order in the code; "
        "what is gone within a year does not.",
        kind="single",
        choices=(
            Choice(value="short", label="Under a year"),
            Choice(value="years", label="A few years"),
            Choice(
                value="long",
                label="Five years or more",
                help="Others will maintain it one day.",
            ),
        ),
    ),
    Question(
        id="live",
        text="Must screens change by themselves, without reloading?",
        why="Pushing changes to thousands of open screens is built into some frameworks "
        "and hard work in others.",
        kind="single",
        choices=(
            Choice(value="must", label="Yes, it does not work without"),
            Choice(value="nice", label="It would be nice"),
            Choice(value="unneeded", label="Not needed"),
        ),
    ),
    Question(
        id="admin",
        text="Do you need ready-made screens to manage the data?",
        why="Some frameworks make screens for adding, finding and correcting records by "
        "themselves; elsewhere that is weeks of work or an add-on.",
        kind="single",
        choices=(
            Choice(value="must", label="Yes, from the start"),
            Choice(value="nice", label="It would be nice"),
            Choice(value="unneeded", label="Not needed"),
        ),
    ),
    Question(
        id="background",
        text="Will work go on in the background or on a schedule?",
        why="Mails, imports, reports, nightly jobs: some frameworks bring a queue, "
        "others need a second system.",
        kind="single",
        choices=(
            Choice(value="needed", label="Yes"),
            Choice(value="unneeded", label="Not that we know"),
        ),
    ),
    Question(
        id="sensitivity",
        text="What would be lost if the data leaked?",
        why="With logins, payments or personal data, protection must come from the "
        "framework and be on by default, not be put together by hand.",
        kind="single",
        choices=(
            Choice(
                value="sensitive",
                label="A lot: health, money or secrets of people",
            ),
            Choice(
                value="accounts",
                label="Some: people log in, and their accounts are theirs",
            ),
            Choice(value="internal", label="Little: it is internal"),
            Choice(value="public", label="Nothing: it is public anyway"),
        ),
    ),
    Question(
        id="data",
        text="Where will the data be kept?",
        why="Not every framework works well with every database; a wrong match is found out late.",
        kind="single",
        choices=(
            Choice(
                value="sql",
                label="In an SQL database",
                help="PostgreSQL, MySQL, SQL Server, SQLite.",
            ),
            Choice(value="mongodb", label="In MongoDB"),
            Choice(value="none", label="In no database, or that is decided later"),
        ),
    ),
    Question(
        id="deadline",
        text="When must a first version run?",
        why="Under pressure, generators and conventions are worth a lot; with time they matter little.",
        kind="single",
        choices=(
            Choice(value="days", label="In days"),
            Choice(value="months", label="In weeks or a few months"),
            Choice(value="relaxed", label="There is no rush"),
        ),
    ),
    Question(
        id="experience",
        text="Has the team built a back end before?",
        why="A first back end goes better with good tutorials and safe defaults. "
        "For an experienced team that hardly matters.",
        kind="single",
        choices=(
            Choice(value="first", label="No, this is the first one"),
            Choice(value="some", label="One or two"),
            Choice(value="experienced", label="Yes, several, in production"),
        ),
    ),
    Question(
        id="screens",
        text="Who draws the screens?",
        why="Pages made on the server need templates, forms and sessions from the "
        "framework. An app in the browser or on the phone needs a good API.",
        kind="single",
        choices=(
            Choice(value="server", label="The server sends finished pages"),
            Choice(
                value="client",
                label="An app in the browser or on the phone",
                help="React, Vue, Angular, iOS, Android: it fetches data from the server.",
            ),
            Choice(value="both", label="Both: some pages, and an API for an app"),
            Choice(value="none", label="Nobody: other programs call it"),
        ),
    ),
)
