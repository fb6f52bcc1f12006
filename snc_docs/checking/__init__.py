"""Checks of templates by themselves: every branch of every clause, in both languages, with no agreement needed."""
