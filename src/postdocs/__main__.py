"""`python -m postdocs` is `postdocs`."""

from postdocs.cli import main

main()
