"""`python -m baodian` is the command `baodian`."""

from baodian.cli import main

main()
