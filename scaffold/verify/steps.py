"""The steps of a verification, in their order; apart, because the command line shows them in its help."""

STEPS = ("doctor", "lock", "install", "lint", "test", "boot", "contract", "strengths", "stop")
