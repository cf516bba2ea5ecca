"""What every answer is worth, in points: a point stands for a day's work of one person in the first year.

Data only. Change a level or a rule when cases show a class of misses, never a price for one case.
"""

from collections.abc import Mapping

MINOR, PART, ESSENTIAL, DECISIVE, OVERRIDING = 3, 6, 12, 24, 36
"""A nuisance, a missing part, what the product is made of, what decides, what outweighs everything else."""

BASE: Mapping[str, int] = {"ecosystem": PART, "security": MINOR, "longevity": MINOR}
"""Counted whatever is answered."""

PRICES: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "what": {
        "ml": {"models": DECISIVE},
        "gateway": {"speed": ESSENTIAL, "live": PART, "light": PART},
        "tiny": {"light": PART},
        "service": {"light": MINOR},
    },
    "languages": {"none": {"learn": ESSENTIAL}},
    "style": {"bare": {"few-dependencies": ESSENTIAL}, "lean": {"freedom": ESSENTIAL}},
    "hosting": {
        "serverless": {"light": ESSENTIAL},
        "shipped": {"ships": ESSENTIAL},
        "device": {"ships": DECISIVE, "light": PART},
    },
    "traffic": {"busy": {"speed": PART}, "high": {"speed": OVERRIDING}},
    "team": {"alone": {"build": MINOR}, "large": {"structure": PART, "hiring": MINOR}},
    "lifetime": {"long": {"longevity": PART, "hiring": MINOR, "structure": PART}},
    "live": {"must": {"live": ESSENTIAL}, "nice": {"live": PART}},
    "admin": {"must": {"admin": ESSENTIAL}, "nice": {"admin": PART}},
    "background": {"needed": {"jobs": PART}},
    "sensitivity": {
        "sensitive": {"security": ESSENTIAL},
        "accounts": {"security": PART},
        "internal": {"security": MINOR},
    },
    "data": {"sql": {"sql": PART}, "mongodb": {"mongodb": PART}},
    "deadline": {"days": {"build": ESSENTIAL}, "months": {"build": MINOR}},
    "experience": {"first": {"learn": ESSENTIAL, "security": PART}},
    "screens": {
        "server": {"pages": ESSENTIAL},
        "client": {"api": ESSENTIAL},
        "both": {"pages": PART, "api": PART},
        "none": {"api": PART},
    },
}
"""Question → answer → criterion → price. A criterion is priced once, by the answer that prices it highest."""

GROWS = frozenset({("deadline", "build"), ("team", "build"), ("lifetime", "structure")})
"""Prices that are × amount ÷ 8: what is small needs little of it."""

PRIORITIES: Mapping[str, str] = {
    "fast-to-build": "build",
    "easy-to-learn": "learn",
    "raw-speed": "speed",
    "security": "security",
    "long-support": "longevity",
    "easy-hiring": "hiring",
    "small": "light",
    "freedom": "freedom",
    "structure": "structure",
}
RANKS: Mapping[int, tuple[int, ...]] = {0: (), 1: (24,), 2: (18, 6), 3: (15, 7, 2)}
"""What is ranked, on top of all else: DECISIVE, divided as the centroids of the rank orders."""

STAY, LEARN = OVERRIDING, DECISIVE
"""A full distance from the team's language; the same where the team is glad to learn."""
LADDER = (0, 2, 3, 4)
"""The distance of the first, second, third and every further language that is named."""
SLOWER: Mapping[tuple[str, str], int] = {("team", "large"): 125, ("deadline", "days"): 150}
"""Per cent of the price, one after the other, for a language still to be learned."""

HOUSE_STEP, HOUSE_LEAST, HOUSE_MOST = 4, 8, 24
"""What the house does not run: points a step of the amount, and the bounds of that."""
KINDRED = 6
"""Tenths of it for others of the same language."""

STEP = 10
"""Ten tenths: a step of too much or too little framework costs a point."""
UNKNOWN_AMOUNT = 5
AMOUNTS: Mapping[str, int] = {
    "tiny": 2,
    "gateway": 2,
    "service": 3,
    "ml": 3,
    "api": 4,
    "realtime": 4,
    "site": 7,
    "back-office": 8,
    "saas": 8,
}
"""How much framework a product needs, from 0 to 10."""
SMALL, COMPLETE, LEAN, BARE = 2, 8, 3, 1

IMPLIED: Mapping[str, Mapping[str, str]] = {
    "site": {"screens": "server"},
    "api": {"screens": "client"},
    "realtime": {"live": "must", "screens": "client"},
    "back-office": {"admin": "nice", "screens": "server", "sensitivity": "internal", "data": "sql"},
    "saas": {"screens": "both", "background": "needed", "sensitivity": "accounts", "data": "sql"},
    "ml": {"screens": "none"},
    "tiny": {"screens": "none"},
    "service": {"screens": "none"},
    "gateway": {"screens": "none"},
}
"""What a product implies where nothing else is answered; of two the stronger, the later one in STRENGTH."""
STRENGTH = ("internal", "accounts")
