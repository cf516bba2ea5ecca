"""What frameworks are compared by: 18 criteria on fixed scales, and whether the team knows the language.

A level is 0 to 10 on the criterion's own scale and never looks at other
frameworks, so hiding or adding one reorders nothing. Of two criteria more is
not better: ``scope`` counts what a framework brings and is worth most where
that is the right amount, ``language`` is 10 where the team writes it already.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TOP = 10
UNKNOWN = 5
WEAK = 3
STRONG = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One scale: ``anchors`` say what 0, 5 and 10 mean, ``strong`` and ``weak`` what that is like.

    ``doubt`` is how uncertain its importance is: 1 lets it halve or double, 2 quarter or quadruple.
    """

    id: str
    name: str
    anchors: tuple[str, str, str]
    strong: str
    weak: str
    doubt: int = 1

    def phrase(self, level: int) -> str:
        """Return what a level means, in words."""
        if level >= STRONG:
            return self.strong
        return self.weak if level <= WEAK else self.anchors[1]


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        id="scope",
        name="right amount of framework",
        anchors=("brings next to nothing", "brings about half of what products need", "brings everything"),
        strong="it brings about as much as this project needs",
        weak="it brings far more, or far less, than this project needs",
    ),
    Criterion(
        id="admin",
        name="ready-made admin",
        anchors=("none", "an add-on makes the admin", "an admin is generated from the models"),
        strong="screens to manage the data are there from the start",
        weak="screens to manage the data have to be built",
    ),
    Criterion(
        id="pages",
        name="pages made on the server",
        anchors=("nothing", "templates, the rest is up to you", "templates, forms, sessions and assets"),
        strong="templates, forms, sessions and assets work together out of the box",
        weak="making pages and forms is put together by hand",
    ),
    Criterion(
        id="api",
        name="APIs",
        anchors=("raw sockets", "routing and JSON", "validation, documentation and tokens included"),
        strong="most of what an API needs is in the box",
        weak="routing, validation and documentation of an API are up to you",
    ),
    Criterion(
        id="realtime",
        name="live updates and open connections",
        anchors=(
            "none",
            "an event loop, the rest from packages",
            "push is built in, on a runtime that never blocks",
        ),
        strong="it pushes to many open connections without extra parts",
        weak="open connections are not what it is made for",
    ),
    Criterion(
        id="jobs",
        name="background work",
        anchors=("none", "a package, or inside the web process", "a durable queue is included"),
        strong="queue and schedule are included",
        weak="background work needs a second system",
    ),
    Criterion(
        id="throughput",
        name="raw speed",
        anchors=("at the bottom of the benchmarks", "in the middle", "at the top"),
        strong="it answers several times as many requests on the same machine as most",
        weak="it answers few requests per machine; under heavy load you pay for more machines",
    ),
    Criterion(
        id="mvp",
        name="speed of building",
        anchors=("everything by hand", "some is generated", "generators and conventions"),
        strong="generators and conventions give a first version quickly",
        weak="there are no generators; the first version is written by hand",
    ),
    Criterion(
        id="learn",
        name="easy to learn",
        anchors=("months", "weeks", "an afternoon"),
        strong="a newcomer is productive soon",
        weak="there is much to learn before the first page",
        doubt=2,
    ),
    Criterion(
        id="structure",
        name="order in a large code base",
        anchors=("nothing is enforced", "some conventions", "types, layout and tests are given"),
        strong="types, layout and conventions keep many people's code alike",
        weak="nothing keeps a large code base in order but your own discipline",
    ),
    Criterion(
        id="security",
        name="safe by default",
        anchors=("nothing is protected", "half of the usual protection", "all of the usual protection is on"),
        strong="the usual protection is there and on by default",
        weak="protection has to be put together by hand",
    ),
    Criterion(
        id="longevity",
        name="long support",
        anchors=("no promise", "a year or two", "three years or more, or a promise of compatibility"),
        strong="releases are supported for years, upgrades break little",
        weak="there is no dependable promise of support",
    ),
    Criterion(
        id="ecosystem",
        name="packages and answers",
        anchors=("few", "enough", "for almost everything"),
        strong="there are packages and answers for almost everything",
        weak="packages and answers are few; some you write yourself",
    ),
    Criterion(
        id="hiring",
        name="people to hire",
        anchors=("hardly anyone uses it", "a few per cent use it", "about half use it"),
        strong="many developers already use it",
        weak="hardly anyone uses it, so newcomers have to be trained",
    ),
    Criterion(
        id="ml",
        name="close to data and models",
        anchors=("another process", "bindings", "the same process"),
        strong="models and data libraries run in the same process",
        weak="models and data libraries live in another process and language",
    ),
    Criterion(
        id="light",
        name="small footprint",
        anchors=("a heavy stack", "a moderate one", "one file or binary"),
        strong="little to install, ship and start",
        weak="there is much to install, ship and start",
    ),
    Criterion(
        id="hosting",
        name="easy hosting",
        anchors=("special servers only", "most platforms", "any cheap host"),
        strong="it runs almost anywhere, cheaply",
        weak="it needs special hosting",
    ),
    Criterion(
        id="flex",
        name="freedom to choose parts",
        anchors=("one way", "mixed", "everything can be exchanged"),
        strong="every part is your choice",
        weak="the framework has chosen the parts",
    ),
    Criterion(
        id="language",
        name="a language the team writes",
        anchors=("another language", "a related one", "the team's own"),
        strong="the team already writes its language",
        weak="the team would learn another language first",
    ),
)

BY_ID: Mapping[str, Criterion] = {criterion.id: criterion for criterion in CRITERIA}
