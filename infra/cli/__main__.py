"""``python -m infra.cli``: the same as ``pae``."""

from infra.cli import main

main()
