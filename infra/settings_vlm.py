"""Settings of a vision-language policy: where it is served, and how it is learnt. Part of :mod:`infra.settings`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr

from infra.settings_chat import Section


class VlmSettings(Section):
    """Where a vision-language policy is served, and how much it is shown. Read by agents and by the learner."""

    replicas: tuple[str, ...] = Field(
        default=("http://127.0.0.1:8000",), min_length=1, description="vLLM servers of the same model, without /v1"
    )
    api_key: SecretStr | None = Field(default=None, description="that the replicas ask for; environment only")
    model: str = Field(default="runs/model", description="folder of the frozen weights, as Hugging Face's are")
    adapters: str = Field(default="runs/pae/adapters", description="folder of the versions, as this process sees it")
    adapters_served: str | None = Field(
        default=None, description="the same folder as the replicas see it; None: by the same absolute path"
    )
    element_tokens: int = Field(default=1200, ge=50, description="most tokens of the list of elements")
    history_steps: int = Field(default=8, ge=0, description="earlier steps that are told one by one")
    thought_characters: int = Field(default=240, ge=1, le=400, description="longest thought of a reply")
    text_characters: int = Field(default=120, ge=1, le=300, description="longest text that a reply types or answers")
    request_seconds: float = Field(default=60.0, gt=0, description="after so long a reply is asked for elsewhere")
    patience_seconds: float = Field(
        default=180.0, gt=0, description="how long replicas that cannot be reached are asked again"
    )
    drain_seconds: float = Field(
        default=20.0, ge=0, description="how long no agent may have used an old version before it is unloaded"
    )
    keep_versions: int = Field(default=20, ge=2, description="newest versions whose adapters are kept on disk")


class VlmLearnerSettings(Section):
    """What replaces the learner's settings where ``policy.backend`` is vlm."""

    learning_rate: float = Field(default=1e-4, gt=0)
    batch_steps: int = Field(default=16, ge=1, description="decisions per optimiser step")
    publish_seconds: float = Field(default=60.0, gt=0, description="least time between two published versions")
    micro_batch: int = Field(default=1, ge=1, description="decisions in memory at a time")
    rank: int = Field(default=16, ge=1, description="of the adapters; no more than the replicas' --max-lora-rank")
    device: str = Field(default="auto", description="cpu, cuda, cuda:1, …; auto: CUDA where there is some")
    processes: int = Field(default=1, ge=1, description="that share each optimiser step on this machine, a GPU each")
    parallel: Literal["ddp", "fsdp", "deepspeed-zero3"] = Field(
        default="ddp", description="of several processes each holds all frozen weights (ddp), or a share of them"
    )
    patience_seconds: float = Field(
        default=900.0, gt=0, description="of several processes each ends when it has waited so long for another"
    )
    four_bit: bool = Field(default=False, description="hold the frozen weights in 4 bits (QLoRA): bitsandbytes, CUDA")
    checkpointing: bool = Field(default=True, description="trade time for memory (gradient checkpointing)")
