"""The images: what changes often comes after what takes long."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[4]


def stages() -> dict[str, list[str]]:
    """Return the instructions by stage, those of the stage that it begins from first; continued lines joined."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (ROOT / "infra" / "deploy" / "Dockerfile").read_text().replace("\\\n", " ").splitlines():
        if begins := re.fullmatch(r"FROM (\S+) AS (\S+)", line):
            name = begins[2]
            found[name] = list(found.get(begins[1], []))
        elif name and line and not line.startswith("#"):
            found[name].append(line)
    return found


def test_dependencies_are_installed_before_anything_of_ours_but_their_list_is_copied() -> None:
    kinds = {name: lines for name, lines in stages().items() if name != "base"}
    assert set(kinds) == {"service", "api", "learner", "learner-vlm", "agent", "sandbox"}
    for lines in kinds.values():
        installs = next(index for index, line in enumerate(lines) if line.startswith("RUN pip install"))
        assert [line for line in lines[:installs] if line.startswith(("COPY", "ADD"))] == ["COPY pyproject.toml ./"]
        assert all(line.startswith(("COPY", "USER")) for line in lines[installs + 1 :])


def test_what_is_copied_is_sent_to_be_built_with() -> None:
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {line.split()[1] for lines in stages().values() for line in lines if line.startswith("COPY")}
    assert copied == sent


def test_the_built_in_policy_reads_meanings_in_its_containers_too() -> None:
    for name in ("agent", "learner"):
        assert any("embeddings" in line for line in stages()[name] if line.startswith("RUN pip install")), name
