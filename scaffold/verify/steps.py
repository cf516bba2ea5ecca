"""The steps of a verification, in their order; apart, because the command line shows them in its help."""

STEPS = ("doctor", "install", "lint", "test", "boot", "contract", "stop")
