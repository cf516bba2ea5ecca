"""The interview, as data.

Texts name consequences, not technology. Values are words that YAML and TOML
authors write without quotes; ``no``, ``yes``, ``on`` and ``off`` are avoided
because YAML 1.1 reads them as booleans.
"""

from scaffold.model.answers import Choice, Question

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
                value="gateway",
                label="A gateway that passes traffic on",
                help="Proxying, streaming, fan-out: many open connections, little logic.",
            ),
        ),
    ),
    Question(
        id="languages",
        text="Which languages does the team write well?",
        why="Most projects are decided here: a team is fastest, and makes the fewest "
        "security mistakes, in a language it knows.",
        kind="multiple",
        limit=11,
        choices=(
            Choice(value="javascript", label="JavaScript or TypeScript"),
            Choice(value="python", label="Python"),
            Choice(value="php", label="PHP"),
            Choice(value="ruby", label="Ruby"),
            Choice(value="csharp", label="C#", help="Also F# and Visual Basic."),
            Choice(value="go", label="Go"),
            Choice(
                value="java",
                label="Java or Kotlin",
                help="Not in the catalog; the report says what that means.",
            ),
            Choice(value="cpp", label="C or C++", help="Not in the catalog."),
            Choice(value="rust", label="Rust", help="Not in the catalog."),
            Choice(value="other", label="Another one", help="Not in the catalog."),
            Choice(value="none", label="None yet"),
        ),
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
        id="team",
        text="Who works on it, and who takes care of it later?",
        why="Many hands and many years want rules that the framework enforces, long "
        "support and people to hire. One person wants to be done soon.",
        kind="single",
        choices=(
            Choice(value="alone", label="One person"),
            Choice(value="small", label="Two to five people"),
            Choice(
                value="lasting",
                label="A few people now, others later",
                help="It must still be maintained in five or ten years.",
            ),
            Choice(
                value="large",
                label="Six or more people",
                help="Several teams, or one large one, in the same code.",
            ),
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
                label="Thousands a second, or every request must cost next to nothing",
            ),
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
                label="A lot: logins, payments or personal data",
            ),
            Choice(value="internal", label="Something: it is internal"),
            Choice(value="public", label="Nothing: it is public anyway"),
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
)
