"""The deployment: settings reach the services that need them, and secrets no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from infra.settings import Settings
from infra.settings_sources import SECRETS

ROOT = Path(__file__).parents[4]
TEXT = (ROOT / "infra" / "deploy" / "compose.yml").read_text()
SERVICES: dict[str, Any] = yaml.safe_load(TEXT)["services"]
OURS = ("api", "proposer", "evaluator", "learner", "agent")


def named(name: str) -> str:
    return "PAE_" + name.upper().replace(".", "__")


def in_readme() -> Iterator[str]:
    """Yield the settings of the README's table of chat models; the cache is for development."""
    table = (ROOT / "README.md").read_text().partition("## Chat models")[2].partition("## Configuration")[0]
    for row in re.findall(r"^\| (`(?:proposer|evaluator|chat)\..*?) \|", table, re.MULTILINE):
        section = ""
        for one in re.findall(r"`([a-z_.]+)`", row):
            section = one.split(".")[0] if "." in one else section
            name = one if "." in one else f"{section}.{one}"
            if not name.startswith("chat.cache"):
                yield named(name)


def test_every_setting_of_chat_models_can_be_made_in_a_deployment() -> None:
    told = set(in_readme())
    assert len(told) > 20
    assert told <= set(SERVICES["evaluator"]["environment"])
    others = told - {"PAE_CHAT__API_KEY"}
    for name in OURS:  # all of them read which backends there are, and check that a model is named
        assert others <= set(SERVICES[name]["environment"])


def test_secrets_reach_those_alone_who_use_them() -> None:
    holders = {
        "PAE_API_KEYS": {"api"},
        "PAE_SANDBOX_SECRET": {"evaluator", "sandbox"},
        "PAE_CHAT__API_KEY": {"proposer", "evaluator"},
        "PAE_PROPOSER__CHAT__API_KEY": {"proposer"},
        "PAE_EVALUATOR__CHAT__API_KEY": {"evaluator"},
    }
    for path in SECRETS:
        key = named(".".join(path))
        assert {name for name, one in SERVICES.items() if key in one.get("environment", {})} == holders.get(key, set())


@pytest.mark.parametrize("service", OURS)
def test_every_variable_is_a_setting(service: str) -> None:
    for key in SERVICES[service]["environment"]:
        if not key.startswith("PAE_"):
            continue
        model: Any = Settings
        for part in key.removeprefix("PAE_").lower().split("__"):
            field = model.model_fields[part]
            inner = [one for one in (field.annotation, *getattr(field.annotation, "__args__", ())) if _is_model(one)]
            model = inner[0] if inner else None


def test_who_removes_pictures_knows_what_the_learner_needs() -> None:
    for name in ("evaluator", "learner"):
        assert {"PAE_BLOBS__PICTURE_DAYS", "PAE_LEARNER__STALENESS"} <= set(SERVICES[name]["environment"])


def test_blobs_may_lie_elsewhere() -> None:
    assert "PAE_BLOBS__URL: ${PAE_BLOBS__URL:-/data/blobs}" in TEXT


def _is_model(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, BaseModel)
