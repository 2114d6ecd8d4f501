"""`python -m kbp_site` is `kbp`."""

from kbp_site.cli import main

main()
