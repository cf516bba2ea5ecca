"""A web application on Python's standard library."""
