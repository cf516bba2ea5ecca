"""What a starter may be strong in, in the words of a user: what one gets, or what is left to do."""

from collections.abc import Iterator

from scaffold.model.framework import STRENGTHS, Starter

_WORDS = {
    "drain": (
        "a stop that loses no request: the load balancer is told before the server closes",
        "a stop under load: let your proxy send a request again that a closing server did not take",
    ),
    "slow-clients": (
        "a server that stays quick while slow clients hold connections open",
        "slow clients: put a proxy before it that waits for them, such as nginx or Caddy",
    ),
    "etag": (
        "ETag and If-Match: who changes what somebody else has just changed is told",
        "two people who change the same thing at once: the last one wins",
    ),
    "trace": (
        "log lines with the caller's trace id (traceparent)",
        "traces across services: add your tracing library",
    ),
    "route": (
        "log lines that name the route, so that they can be counted by it",
        "figures for each route: the log has paths only",
    ),
    "docs": (
        "pages at /docs on which the API can be read and tried",
        "pages on the API: open /openapi.json with a viewer of yours",
    ),
    "shared-rates": (
        "API limits that count all processes together",
        "API limits over several processes: each counts for itself",
    ),
    "live": (
        "pages that show the changes of others while they are open",
        "live pages: they show what is new when they are loaded again",
    ),
}


def gained(starter: Starter) -> Iterator[str]:
    """Yield what the strengths of a starter give its users."""
    return (_WORDS[strength][0] for strength in starter.strengths)


def left_to_do(starter: Starter) -> Iterator[str]:
    """Yield what a starter leaves to its users: strengths that it lacks, options that it does not offer."""
    yield from (_WORDS[strength][1] for strength in STRENGTHS if strength not in starter.strengths)
    yield from (f"{id}: {why}" for id, why in starter.not_offered.items())
