"""How the learner becomes several processes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import pytest
import yaml

from agent.learner.vlm import launching
from infra.runtime import DIE_WITH_PARENT
from infra.settings_vlm import VlmLearnerSettings

WAYS = get_args(VlmLearnerSettings.model_fields["parallel"].annotation)


@pytest.mark.parametrize("parallel", WAYS)
def test_every_way_has_a_configuration(parallel: str) -> None:
    words = launching.command(VlmLearnerSettings.model_validate({"processes": 3, "parallel": parallel}))
    assert words[-4:] == ["--num_processes", "3", "-m", "agent.learner"]
    read = yaml.safe_load(Path(words[words.index("--config_file") + 1]).read_text())
    kind = {"ddp": "MULTI_GPU", "fsdp": "FSDP", "deepspeed-zero3": "DEEPSPEED"}[parallel]
    assert read["distributed_type"] == kind
    assert read["mixed_precision"] == "no"


def test_it_ends_with_its_parent_and_so_do_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(os, "execve", lambda *words: seen.extend(words))
    monkeypatch.setenv(DIE_WITH_PARENT, "4711")  # a supervisor, which is not the processes' own parent
    launching.launch(VlmLearnerSettings(processes=2))
    executable, words, environment = seen
    assert isinstance(words, list)
    assert words[0] == executable
    assert isinstance(environment, dict)
    assert environment[DIE_WITH_PARENT] == "1"
