"""Several processes of the learner, where the settings ask for them: this one becomes ``accelerate launch``.

So whoever starts ``python -m agent.learner`` need not know how many there are. When one of them ends with an error the
launcher ends the others and itself, and whoever supervises it starts all of them again.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from infra.runtime import DIE_WITH_PARENT
from infra.settings_vlm import VlmLearnerSettings

CONFIGURATIONS = Path(__file__).parent / "configs"


def launched() -> bool:
    """Return whether a launcher started this process: then it is one of several, whatever the settings say."""
    return "LOCAL_RANK" in os.environ


def command(own: VlmLearnerSettings) -> list[str]:
    """Return the command line that starts as many processes as the settings say."""
    options = ["--config_file", str(CONFIGURATIONS / f"{own.parallel}.yaml"), "--num_processes", str(own.processes)]
    return [sys.executable, "-m", "accelerate.commands.launch", *options, "-m", "agent.learner"]


def launch(own: VlmLearnerSettings) -> None:
    """Become the launcher; it does not return. The processes end with it, and it ends with its own parent."""
    sys.stdout.flush()
    words = command(own)
    os.execve(words[0], words, {**os.environ, DIE_WITH_PARENT: "1"})  # noqa: S606 - there is no shell on purpose
