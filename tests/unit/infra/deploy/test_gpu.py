"""The deployment of a vision-language policy: what vLLM is told, and who can reach it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.settings import Settings

DEPLOY = Path(__file__).parents[4] / "infra" / "deploy"
DEFAULT = re.compile(r"\$\{(\w+)(?::-(.*?)|:\?.*?)?\}")


def _read(name: str) -> dict[str, Any]:
    text = DEFAULT.sub(lambda found: found[2] if found[2] is not None else "set", (DEPLOY / name).read_text())
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@pytest.fixture(scope="module")
def gpu() -> dict[str, Any]:
    return _read("gpu.yml")


def test_vllm_is_out_of_reach_for_all_but_agents_and_learner(gpu: dict[str, Any]) -> None:
    vllm = gpu["services"]["vllm"]
    assert "ports" not in vllm
    assert vllm.get("network_mode") is None
    assert vllm["networks"] == ["models"]
    assert gpu["networks"]["models"] == {"internal": True}
    both = {**_read("compose.yml")["services"], **gpu["services"]}
    assert {name for name, one in both.items() if "models" in one.get("networks", ())} == {"vllm", "learner", "agent"}
    assert "${PAE_POLICY__VLM__API_KEY:?" in (DEPLOY / "gpu.yml").read_text()  # a key has to be chosen


def test_vllm_serves_adapters_as_the_policy_asks_for_them(gpu: dict[str, Any]) -> None:
    vllm = gpu["services"]["vllm"]
    flags = dict(flag.removeprefix("--").partition("=")[::2] for flag in vllm["command"])
    assert vllm["environment"]["VLLM_ALLOW_RUNTIME_LORA_UPDATING"] == "1"
    assert "enable-lora" in flags
    assert flags["logprobs-mode"] == "processed_logprobs"  # as drawn: at the temperature, within the grammar
    assert json.loads(flags["structured-outputs-config"]) == {"backend": "guidance"}  # whose masks the learner makes
    assert int(flags["max-loras"]) >= 2  # the old one and the new one
    assert int(flags["max-lora-rank"]) == Settings().learner.vlm.rank


def test_all_see_the_same_folder_and_only_the_learner_writes(gpu: dict[str, Any]) -> None:
    mounts = {
        name: next((one for one in gpu["services"][name].get("volumes", ()) if one.startswith("adapters:")), None)
        for name in ("vllm", "learner", "agent")
    }
    assert mounts == {"vllm": "adapters:/adapters:ro", "learner": "adapters:/adapters", "agent": None}
    for name in ("learner", "agent"):
        assert gpu["services"][name]["environment"]["PAE_POLICY__VLM__ADAPTERS"] == "/adapters"


def test_every_setting_is_one(gpu: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("learner", "agent"):
        for key, value in gpu["services"][name]["environment"].items():
            monkeypatch.setenv(key, str(value).lower() if isinstance(value, bool) else str(value))
    settings = Settings()
    assert settings.policy.backend == "vlm"
    assert settings.policy.vlm.replicas == ("http://vllm:8000",)
    assert settings.policy.vlm.api_key is not None
    assert settings.policy.vlm.api_key.get_secret_value() == "set"


def test_the_cpu_script_tells_vllm_the_same(gpu: dict[str, Any]) -> None:
    script = (DEPLOY.parent / "vllm-cpu.sh").read_text()
    for flag in ("--enable-lora", "--logprobs-mode processed_logprobs", '{"backend":"guidance"}', "--host 127.0.0.1"):
        assert flag in script
