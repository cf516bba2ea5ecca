"""The machine's programs: finding them, running them, stopping them."""
