"""What was asked to be compared → what differs, as people and programs read it.

Folders, revisions, days and cities come in; text, Markdown, JSON, a notice or a page go out.
"""
