"""Fixtures shared by all tests live in tests/fixtures, one file per thing that is started."""

pytest_plugins = ("tests.fixtures.services", "tests.fixtures.browser", "tests.fixtures.sites")
