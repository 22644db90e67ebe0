"""Text as people write, type and say it: families of characters, folds, sounds, numerals.

A text comes in; what it is compared by goes out. Knows nothing of playbooks.
"""
