"""Where settings come from, and what must not come from there."""

from __future__ import annotations

import os
from collections.abc import Container
from typing import Any

from pydantic_settings import TomlConfigSettingsSource

from infra.errors import ConfigurationError

#: What may come from the environment alone.
SECRETS = (
    ("api_keys",),
    ("sandbox_secret",),
    ("chat", "api_key"),
    ("proposer", "chat", "api_key"),
    ("evaluator", "chat", "api_key"),
    ("policy", "vlm", "api_key"),
)


class Toml(TomlConfigSettingsSource):
    """The TOML file, in which no secret may stand."""

    def __call__(self) -> dict[str, Any]:
        """Return its values. Raises ConfigurationError where a secret is among them."""
        values = super().__call__()
        for path in SECRETS:
            inner: Any = values
            for key in path:
                inner = inner.get(key) if isinstance(inner, dict) else None
            if inner is not None:
                variable = "PAE_" + "__".join(path).upper()
                raise ConfigurationError(f"{'.'.join(path)} is a secret: set it in the environment as {variable}")
        return values


def refuse_unknown_sections(known: Container[str]) -> None:
    """Raise ConfigurationError for ``PAE_LERNER__BALANCE``: only known sections are read, so it would go unnoticed."""
    for variable in os.environ:
        section, within, _ = variable.removeprefix("PAE_").partition("__")
        if variable.startswith("PAE_") and within and section.lower() not in known:
            raise ConfigurationError(f"{variable}: the settings have no section {section.lower()}")
