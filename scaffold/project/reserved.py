"""The words a project cannot be called in any language, by the reason; languages.toml has the others."""

_DEVICES = "con prn aux nul " + " ".join(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))
# What an unquoted word becomes in YAML or TOML.
_LITERALS = "yes no on off true false null none nan inf y n"
_FOLDERS = """
    bin build cache config coverage dist docs lib node_modules public src static target temp test
    tests tmp vendor
"""

EVERYWHERE = {
    "a device on Windows": frozenset(_DEVICES.split()),
    "a literal in YAML and TOML": frozenset(_LITERALS.split()),
    "a folder that tools look for": frozenset(_FOLDERS.split()),
}
