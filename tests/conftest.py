"""Fixtures shared by all tests live in tests/fixtures, one file per thing that is started."""

import os

# The tests mean the same whatever else is installed.
os.environ.setdefault("PAE_POLICY__EMBEDDINGS", "off")

pytest_plugins = ("tests.fixtures.services", "tests.fixtures.browser", "tests.fixtures.sites")
