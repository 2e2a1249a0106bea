"""Settings: what does not fit together is said at the start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.app import app
from infra.errors import ConfigurationError
from infra.settings import load_settings
from infra.supervisor import Stack, StackOptions


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


def test_a_role_takes_from_the_shared_chat_what_it_does_not_give(toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAE_CHAT__API_KEY", "hush")
    monkeypatch.setenv("PAE_CHAT__INPUT_PRICE", "0.4")
    toml.write_text(
        '[chat]\nmodel = "small"\nbase_url = "http://127.0.0.1:8000/v1"\noutput_price = 1.2\nwebsite_cost = 5.0\n'
        "website_tokens = 1000\ntimeout_seconds = 7\n"
        '[evaluator.chat]\nmodel = "sees"\noutput_price = 2.0\n[proposer.chat]\nwebsite_cost = 1.0\nretries = 0'
    )
    settings = load_settings()
    shared, judge, proposer = settings.chat, settings.judge_chat, settings.proposer_chat
    assert judge == shared.model_copy(update={"model": "sees", "output_price": 2.0})
    assert (judge.website_cost, judge.website_tokens, judge.input_price) == (5.0, 1000, 0.4)
    assert proposer == shared.model_copy(update={"website_cost": 1.0, "retries": 0})


@pytest.mark.parametrize(
    ("own", "address", "keyed"),
    [
        ("retries = 1", "http://a/v1", True),
        ('provider = "openai"\nbase_url = "http://a/v1"', "http://a/v1", True),
        ('base_url = "http://b/v1"', "http://b/v1", False),
        ('provider = "anthropic"', None, False),
    ],
)
def test_a_key_is_told_to_nobody_else(
    toml: Path, monkeypatch: pytest.MonkeyPatch, own: str, address: str | None, keyed: bool
) -> None:
    monkeypatch.setenv("PAE_CHAT__API_KEY", "hush")
    toml.write_text(f'[chat]\nmodel = "m"\nbase_url = "http://a/v1"\n[evaluator.chat]\n{own}')
    judge = load_settings().judge_chat
    assert (judge.model, judge.base_url, judge.api_key is not None) == ("m", address, keyed)
    monkeypatch.setenv("PAE_EVALUATOR__CHAT__API_KEY", "own")
    key = load_settings().judge_chat.api_key
    assert key is not None
    assert key.get_secret_value() == "own"


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
        ("[evaluator.chat]\nwebsite_cost = 1.0", "evaluator.chat .*input_price"),
        ("[evaluator]\ndistil = true\ndistil_sample = 0", "evaluator: .*distil_sample 0"),
    ],
)
def test_what_cannot_work_is_an_error(toml: Path, text: str, words: str) -> None:
    toml.write_text(text)
    with pytest.raises(ConfigurationError, match=words):
        load_settings()


def test_a_variable_of_no_section_is_an_error(toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAE_LEARNER_GPU", "1")  # a deployment's own, with no section
    load_settings()
    monkeypatch.setenv("PAE_LERNER__BALANCE", "fixed")
    with pytest.raises(ConfigurationError, match=r"PAE_LERNER__BALANCE: .*no section lerner"):
        load_settings()


def test_a_stack_takes_what_its_options_leave_open_from_the_settings(
    toml: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml.write_text('[agent]\ncontexts = 7\n[api]\nport = 9123\n[egress]\nallow_private = ["127.0.0.1:3000"]')
    monkeypatch.setenv("PAE_API__PORT", "9124")
    begun: list[StackOptions] = []

    async def serve(options: StackOptions) -> None:
        begun.append(options)

    monkeypatch.setattr("infra.cli.up.serve", serve)
    for more in ([], ["--contexts", "2", "--port", "0", "--host", "0.0.0.0"]):
        assert CliRunner().invoke(app, ["up", "--folder", str(tmp_path), *more]).exit_code == 0
    assert [(one.contexts, one.port, one.host) for one in begun] == [(7, 9124, "127.0.0.1"), (2, 0, "0.0.0.0")]
    assert json.loads(Stack(begun[0]).environment()["PAE_EGRESS__ALLOW_PRIVATE"]) == ["127.0.0.1:3000"]
