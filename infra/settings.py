"""Settings of every service: defaults < TOML file < environment (``PAE_…__…``) < command line.

The TOML file is named by ``PAE_CONFIG`` (default: ``pae.toml`` in the working directory, if there). Unknown keys
are an error. Secrets come from the environment alone. Nothing here is read at import.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from infra.errors import ConfigurationError
from infra.settings_chat import ChatSettings, RoleChatSettings, Section
from infra.settings_sources import Toml, refuse_unknown_sections
from infra.settings_vlm import VlmLearnerSettings, VlmSettings


class RedisSettings(Section):
    url: str = Field(default="redis://127.0.0.1:6379/0", description="may carry a password")


class DatabaseSettings(Section):
    url: str = Field(
        default="sqlite+aiosqlite:///runs/pae/pae.sqlite",
        description="SQLAlchemy async URL (sqlite+aiosqlite, postgresql+asyncpg)",
    )


class BlobSettings(Section):
    url: str = Field(default="runs/pae/blobs", description="a folder, or an fsspec URL such as s3://bucket/prefix")
    picture_days: float = Field(
        default=14.0,
        ge=0,
        description="days after which the screenshots of ended practice are removed, but for what a learner of a "
        "vision-language policy may still need and what a person has labelled; 0: never",
    )


class StreamSettings(Section):
    prefix: str = "pae"
    claim_idle_seconds: float = Field(default=30.0, gt=0, description="a message idle this long is taken over")
    heartbeat_seconds: float = Field(default=8.0, gt=0, description="how often a running handler says it is alive")
    max_deliveries: int = Field(default=4, ge=1, description="after so many deliveries a message is dead-lettered")
    max_length: int = Field(default=100_000, ge=100, description="approximate cap on handled messages kept per stream")


class EgressSettings(Section):
    allow_private: tuple[str, ...] = Field(
        default=(),
        description="what may be reached though it is private, loopback or link-local: host, host:port or CIDR",
    )


class BrowserSettings(Section):
    executable: str | None = Field(default=None, description="path of a Chromium; None: look for one")
    viewport: tuple[int, int] = (1280, 800)
    navigation_seconds: float = Field(
        default=15.0, gt=0, description="a page that has not loaded by then is unreachable"
    )
    settle_seconds: float = Field(default=3.0, gt=0, description="longest wait for a page to come to rest")
    action_seconds: float = Field(default=5.0, gt=0)
    max_elements: int = Field(default=250, ge=10)
    max_chunks: int = Field(default=300, ge=10)
    recycle_after: int = Field(default=200, ge=1, description="contexts opened before the browser is replaced")
    jpeg_quality: int = Field(default=60, ge=10, le=95)


class AgentSettings(Section):
    contexts: int = Field(default=4, ge=1, le=64, description="attempts at a time in one worker")
    attempt_seconds: float = Field(default=120.0, gt=0)
    recording_rate: float = Field(
        default=0.1, ge=0, le=1, description="share of attempts with a screenshot of every step"
    )


class PolicySettings(Section):
    backend: Literal["element", "vlm"] = Field(
        default="element", description="the built-in network, or LoRA adapters of a model that vLLM serves"
    )
    vlm: VlmSettings = VlmSettings()
    seed: int = 0
    embeddings: Literal["auto", "minilm", "off"] = Field(
        default="auto", description="whether the embedded policy compares meanings with MiniLM; auto: where installed"
    )
    site_map: bool = Field(default=True, description="the embedded policy may read the website's map")


class ProposerSettings(Section):
    backend: Literal["grounded", "llm"] = Field(
        default="grounded", description="llm: tasks from a chat model; grounded ones where it is down"
    )
    chat: RoleChatSettings | None = Field(default=None, description="what differs from the shared chat model")
    propose_count: int = Field(default=20, ge=1, le=100, description="tasks asked for at a time (llm)")
    likeness: Literal["auto", "minilm", "ngrams"] = Field(
        default="auto", description="what tells duplicates of proposed tasks; auto: MiniLM where installed"
    )
    propose_seconds: float = Field(default=60.0, gt=0, description="least time between two such calls per website")
    group_size: int = Field(default=4, ge=1, description="attempts per group (k)")
    uniform_floor: float = Field(default=0.15, ge=0, le=1, description="share of groups drawn uniformly")
    retention_share: float = Field(default=0.1, ge=0, le=1, description="share of groups for mastered tasks")
    queue_factor: float = Field(default=2.0, gt=0, description="queued attempts aimed at, times the agents' capacity")
    park_after: int = Field(default=12, ge=1, description="failures without success before a task is parked")
    cool_down_seconds: float = Field(default=120.0, ge=0)
    demonstrations: bool = Field(
        default=True, description="the learner also sees how the proposer itself did some of its tasks"
    )
    curriculum: bool = Field(default=True, description="false: tasks are drawn uniformly, whatever came of them")
    max_tasks: int = Field(default=1500, ge=1, description="tasks kept per website")


class EvaluatorSettings(Section):
    backend: Literal["evidence", "judge"] = Field(
        default="evidence", description="judge: a chat model that sees pictures judges tasks by their rubric"
    )
    judges: Literal["rubrics", "all"] = Field(
        default="rubrics",
        description="what the judge judges: tasks without evidence, or all, those by a rubric made of their evidence",
    )
    chat: RoleChatSettings | None = Field(default=None, description="what differs from the shared chat model")
    votes: int = Field(default=1, ge=1, le=9, description="times that the judge is asked; more than half must agree")
    distil: bool = Field(
        default=False, description="a small model learns from the judge's verdicts, and answers first where it is sure"
    )
    distil_sure: float = Field(default=0.95, gt=0.5, lt=1, description="probability from which on it is sure")
    distil_sample: float = Field(default=0.1, ge=0, le=1, description="share of sure cases that the judge sees as well")
    keyframes: int = Field(default=3, ge=1, le=10, description="screenshots that the judge sees, the last one included")

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.distil and not self.distil_sample:
            raise ValueError("with distil_sample 0 nobody would notice when the reward model goes wrong: give it more")
        return self


class LearnerSettings(Section):
    vlm: VlmLearnerSettings = VlmLearnerSettings()
    objective: Literal["cloning", "policy_gradient", "combined"] = Field(
        default="combined", description="cloning of successes and hindsight, group-relative policy gradient, or both"
    )
    reward: Literal["verdict", "shuffled", "off"] = Field(
        default="verdict",
        description="controls for experiments: shuffled deals verdicts out among attempts, off learns from none",
    )
    hindsight: bool = Field(default=True, description="learn from what failed attempts did achieve")
    gradient_weight: float = Field(default=1.0, ge=0, description="of the policy gradient beside cloning")
    clip: float = Field(default=0.2, gt=0, lt=1, description="bound on the importance ratio's move away from 1")
    kl: float = Field(default=0.0, ge=0, description="weight of the divergence from the version served before")
    learning_rate: float = Field(default=2e-3, gt=0)
    batch_steps: int = Field(default=256, ge=1, description="decisions per optimiser step")
    publish_seconds: float = Field(default=10.0, gt=0, description="least time between two published versions")
    staleness: int = Field(
        default=30, ge=0, description="versions behind which a trajectory is no longer learnt from as on-policy"
    )
    temperature: float = Field(default=1.0, gt=0, description="that practice is sampled at, to begin with")
    balance: Literal["adapt", "fixed"] = Field(
        default="adapt",
        description="adapt: temperature and successes cloned per task follow the balance of exploration and "
        "exploitation, a quarter of the groups tries the temperatures beside; fixed: they stay, and are only watched",
    )
    keep_versions: int = Field(
        default=500, ge=10, description="newest versions whose weights are kept, a megabyte each; version 0 stays too"
    )
    replay_size: int = Field(default=20_000, ge=100, description="episodes kept")
    threads: int = Field(default=1, ge=1)


class ApiSettings(Section):
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    max_body_bytes: int = Field(default=32_000_000, ge=1024, description="a request with a larger body is refused")


class Settings(BaseSettings):
    """All settings. Build one with :func:`load_settings`, in ``__main__`` only."""

    model_config = SettingsConfigDict(
        env_prefix="PAE_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    redis: RedisSettings = RedisSettings()
    database: DatabaseSettings = DatabaseSettings()
    blobs: BlobSettings = BlobSettings()
    streams: StreamSettings = StreamSettings()
    egress: EgressSettings = EgressSettings()
    browser: BrowserSettings = BrowserSettings()
    agent: AgentSettings = AgentSettings()
    policy: PolicySettings = PolicySettings()
    proposer: ProposerSettings = ProposerSettings()
    evaluator: EvaluatorSettings = EvaluatorSettings()
    chat: ChatSettings = ChatSettings()
    learner: LearnerSettings = LearnerSettings()
    api: ApiSettings = ApiSettings()
    api_keys: SecretStr | None = Field(default=None, description="comma-separated API keys; environment only")
    sandbox_secret: SecretStr | None = Field(default=None, description="secret of the sandbox sites' control server")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.proposer.backend == "llm" and self.evaluator.backend != "judge":
            raise ValueError("proposer.backend llm makes tasks that only evaluator.backend judge can judge: set both")
        for role, backend, own in (
            ("proposer", self.proposer.backend == "llm", self.proposer.chat),
            ("evaluator", self.evaluator.backend == "judge", self.evaluator.chat),
        ):
            try:
                chat = _chat(own, self.chat)
            except ValidationError as error:
                reasons = "; ".join(item["msg"] for item in error.errors())
                raise ValueError(f"{role}.chat does not fit what it takes from chat: {reasons}") from error
            if backend and not chat.model:
                raise ValueError(f"{role}.backend needs a chat model: set chat.model or {role}.chat.model")
        return self

    @property
    def proposer_chat(self) -> ChatSettings:
        """Return the chat model that proposes tasks."""
        return _chat(self.proposer.chat, self.chat)

    @property
    def judge_chat(self) -> ChatSettings:
        """Return the chat model that judges."""
        return _chat(self.evaluator.chat, self.chat)

    @property
    def recording_rate(self) -> float:
        """Return the share of attempts with a screenshot of every step: all where a judge is to look at them."""
        return 1.0 if self.evaluator.backend == "judge" else self.agent.recording_rate

    @property
    def verdict_seconds(self) -> float:
        """Return how long a judge may take over one attempt, all tries together; 0 where there is none."""
        return self.judge_chat.longest_seconds if self.evaluator.backend == "judge" else 0.0

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: command line, environment, TOML."""
        path = Path(os.environ.get("PAE_CONFIG", "pae.toml"))
        return (init_settings, env_settings, Toml(settings_cls, toml_file=path))


def _chat(own: RoleChatSettings | None, shared: ChatSettings) -> ChatSettings:
    return own.over(shared) if own is not None else shared


def load_settings(**overrides: object) -> Settings:
    """Read the settings from all sources; ``overrides`` win.

    Raises:
        ConfigurationError: a value is wrong or a key unknown; the message names it.
    """
    refuse_unknown_sections(Settings.model_fields)
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"  {'.'.join(map(str, item['loc'])) or 'all'}: {item['msg']}" for item in error.errors()]
        raise ConfigurationError("the settings are wrong:\n" + "\n".join(lines)) from error
