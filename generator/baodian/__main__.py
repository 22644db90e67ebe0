"""`python -m baodian` is the command `baodian`."""

from __future__ import annotations

import os
import sys

from baodian.cli import main


def command() -> None:
    """Run the command line, and end at once.

    Python would first take apart all that a playbook was made of, for a second and more. What needs
    to be cleaned up was by then: commands leave no thread, and no folder to be forgotten.
    """
    try:
        main()
    except SystemExit as ended:
        if ended.code is not None and not isinstance(ended.code, int):
            raise
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:  # nobody reads any more: Python has its own way to end then
            raise ended from None
        os._exit(ended.code or 0)


if __name__ == "__main__":
    command()
