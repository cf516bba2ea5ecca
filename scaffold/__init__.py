"""Recommend a back-end framework, render its starter project, prove that it runs."""
