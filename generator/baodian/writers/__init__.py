"""Thin writers: each turns pages into something, as HTML, as drawings, as data for the search.

`Page` values come in; text goes out. A writer decides how a thing looks, never what is said.
"""
