"""`python -m mcqms_kg` is the `mcqms` command."""

from mcqms_kg.cli import main

main()
