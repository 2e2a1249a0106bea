"""Settings: what does not fit together is said at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.errors import ConfigurationError
from infra.settings import load_settings


@pytest.fixture
def toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "pae.toml"
    monkeypatch.setenv("PAE_CONFIG", str(path))
    return path


def test_roles_share_a_chat_model_or_have_their_own(toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml.write_text(
        '[chat]\nmodel = "small"\n[proposer]\nbackend = "llm"\n[evaluator]\nbackend = "judge"\n'
        '[evaluator.chat]\nmodel = "sees"\nbase_url = "http://127.0.0.1:8000/v1"\n'
    )
    monkeypatch.setenv("PAE_EVALUATOR__CHAT__API_KEY", "hush")
    settings = load_settings()
    assert (settings.proposer_chat.model, settings.judge_chat.model) == ("small", "sees")
    assert settings.judge_chat.api_key is not None
    assert "hush" not in repr(settings)
    assert settings.recording_rate == 1.0
    assert settings.verdict_seconds == 4 * 60.0 + 3 * 30.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[proposer]\nbackend = "llm"\n[chat]\nmodel = "m"', "set both"),
        ('[evaluator]\nbackend = "judge"', "needs a chat model"),
        ('[chat]\nmodell = "m"', "chat.modell"),
        ('[chat]\napi_key = "k"', "PAE_CHAT__API_KEY"),
        ('[evaluator.chat]\napi_key = "k"', "PAE_EVALUATOR__CHAT__API_KEY"),
        ('[policy.vlm]\napi_key = "k"', "PAE_POLICY__VLM__API_KEY"),
        ('api_keys = "k"', "PAE_API_KEYS"),
        ("[chat]\nwebsite_cost = 1.0", "input_price"),
        ("[evaluator]\ndistil = true\ndistil_sample = 0", "evaluator: .*distil_sample 0"),
    ],
)
def test_what_cannot_work_is_an_error(toml: Path, text: str, words: str) -> None:
    toml.write_text(text)
    with pytest.raises(ConfigurationError, match=words):
        load_settings()
