"""The learner service's trainer for a vision-language policy: makes tokens of what was kept, and takes the steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog

from agent.learner.objectives import choose
from agent.learner.on_policy import Drawn
from agent.learner.vlm.adapters import Lora, attach, load_base
from agent.learner.vlm.checkpoint import adopt
from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.lessons import VlmActed, VlmExample
from agent.learner.vlm.masks import Masks
from agent.learner.vlm.team import Team, TeamBroken, open_team
from agent.learner.vlm.tokens import Sample
from agent.learner.vlm.trainer import Acted, Options, Shown, VlmTrainer
from infra.errors import ConfigurationError, ProcessLost
from infra.settings import LearnerSettings
from infra.settings_vlm import VlmSettings

log = structlog.get_logger()


class VlmLearner:
    """See :class:`agent.learner.service.Trainer`. What is served is what is trained: there is no average."""

    def __init__(self, trainer: VlmTrainer, encoder: Encoder, masks: Masks) -> None:
        self.trainer = trainer
        self._encoder = encoder
        self._masks = masks

    @property
    def updates(self) -> int:
        """Return the number of optimiser steps taken."""
        return self.trainer.updates

    @property
    def average(self) -> VlmTrainer:
        """Return what is to be served."""
        return self.trainer

    def update(self, examples: Sequence[VlmExample], drawn: Sequence[Drawn] = ()) -> dict[str, float]:
        """Take one optimiser step; return figures for people. Sets the ``proximal`` of decisions drawn first.

        Raises:
            ProcessLost: of several processes one is gone.
        """
        decisions: list[VlmActed] = [one.held.decision for one in drawn]
        shown = [Shown(self._sample(one), one.weight) for one in examples]
        acted = [self._acted(one, lagging.lag) for one, lagging in zip(decisions, drawn, strict=True)]
        try:
            figures = self.trainer.update(shown, acted)
        except TeamBroken as error:
            raise ProcessLost(str(error)) from error
        for decision, one in zip(decisions, acted, strict=True):
            decision.proximal = one.proximal
        return figures

    def _sample(self, one: VlmExample | VlmActed) -> Sample:
        shot = one.encoded
        return self._encoder.sample(shot.prompt, shot.jpeg, shot.reply, shot.tokens)

    def _acted(self, one: VlmActed, lag: int) -> Acted:
        sample = self._sample(one)
        allowed = self._masks.of(one.encoded.prompt.grammar, sample.reply.tolist())
        if allowed is None:
            log.warning("a sampled reply does not fit its grammar: does the sampler's token budget differ?")
        return Acted(
            Sample(sample.prompt, sample.reply, sample.pictures, sample.per_token, allowed),
            then=float(one.log_probs.sum()),
            advantage=one.advantage,
            lag=lag,
            temperature=one.temperature,
            proximal=one.proximal,
            tokens_then=one.log_probs,
        )

    def state(self) -> dict[str, Any]:
        """Return nothing: what it takes to go on is saved with the version (VlmPublisher)."""
        return {}

    def follow(self, network: Path) -> None:
        """Go on from a version's adapter; the optimiser's moments stay."""
        adopt(self.trainer.model, network)

    def published(self) -> None:
        """Nothing hangs on what was served before."""


def open_learner(
    learner: LearnerSettings, vlm: VlmSettings, adapter: Path | None, team: Team | None = None
) -> VlmLearner:
    """Load the frozen weights and put adapters on them: those of a folder, or fresh ones.

    ``team``: the processes that train together; None: this one does it alone.

    Raises:
        ConfigurationError: the model cannot be loaded, or does not fit what the settings ask for.
        ValueError: the adapters are of another model.
    """
    own = learner.vlm
    team = team or open_team(own.device)
    if own.four_bit and team.sharded:
        raise ConfigurationError("learner.vlm.four_bit goes with learner.vlm.parallel = ddp only")
    try:
        base = team.shard(load_base(vlm.model, team.device, four_bit=own.four_bit, waiting=team.sharded))
        encoder = Encoder.load(vlm.model)
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise ConfigurationError(f"policy.vlm.model {vlm.model!r} cannot be loaded: {error}") from error
    model = attach(base, Lora(own.rank, 2 * own.rank), checkpointing=own.checkpointing)
    if adapter is not None:
        adopt(model, adapter)
    options = Options(learning_rate=own.learning_rate, micro_batch=own.micro_batch, kl=learner.kl)
    trainer = VlmTrainer(model, choose(learner), pad=encoder.pad, options=options, team=team)
    vocabulary = int(model.config.get_text_config().vocab_size)
    return VlmLearner(trainer, encoder, Masks(encoder.tokenizer, vocabulary))
