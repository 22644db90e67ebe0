"""What each command does: one function a command, printing and exit codes (0, 1 problems, 2 usage).

A `Call` and the values of its options come in; whatever a user has to read goes to the terminal.
What stands in the way is raised, and told in one place (`call.py`). What can be typed behind a
command is in `options.py`.
"""
