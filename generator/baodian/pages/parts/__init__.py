"""What several pages show, each told once: rows, cards, rules in words, entitlements, calls.

A ground and an entity come in; blocks, lines or links go out. Writers of pages use these and never
each other.
"""
