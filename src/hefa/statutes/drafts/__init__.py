"""Checks of a draft before it is issued or signed: hints for a reviewer, each with its place and its article."""
