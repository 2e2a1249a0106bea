"""``python -m evaluator.benchmark`` says in its exit status and words what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.benchmark.__main__ import main

NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, redis_url: str) -> None:
    """Settings from the environment alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAE_REDIS__URL", redis_url)
    monkeypatch.setenv("PAE_DATABASE__URL", f"sqlite+aiosqlite:///{tmp_path}/pae.sqlite")
    monkeypatch.setenv("PAE_BLOBS__URL", str(tmp_path / "blobs"))
    monkeypatch.setenv("PAE_SANDBOX_SECRET", "s3cret")


@pytest.mark.usefixtures("surroundings")
def test_a_missing_secret(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("PAE_SANDBOX_SECRET")
    assert main(["--control", NOBODY]) == 2
    assert "PAE_SANDBOX_SECRET" in capsys.readouterr().err


@pytest.mark.usefixtures("surroundings")
def test_a_control_server_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--control", NOBODY, "--out", str(tmp_path / "report.json")]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert not (tmp_path / "report.json").exists()


@pytest.mark.usefixtures("surroundings")
def test_wrong_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--control", NOBODY, "--limit", "0"]) == 2
    assert "limit" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["--control", NOBODY, "--version", "newest"])
