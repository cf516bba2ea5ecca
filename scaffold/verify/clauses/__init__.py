"""The clauses of the HTTP contract, one module a subject."""
