"""Pages that a script works with: what it is given, and the blocks that serve without it.

A ground and an entity come in; a `page.Widget` goes out.
"""
