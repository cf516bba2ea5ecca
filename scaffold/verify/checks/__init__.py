"""The checks of the HTTP contract, one module a subject."""
