"""Recommend a back-end framework, render its starter project, prove that it runs."""

__version__ = "0.1.0"
