"""``python -m partialcredit``."""

from partialcredit.cli import main

main()
