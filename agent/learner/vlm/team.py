"""Processes that train together, one GPU each, as ``accelerate launch`` starts them.

The first one leads: it alone has decisions, optimiser and versions. For each optimiser step it hands the others their
shares and the adapters as they are, adds up the gradients that come back, and takes the step. So the others keep
nothing from step to step: to resume, to follow a rollback and to publish is the first one's business alone. Adapters
are whole everywhere, and what they cost to send is little beside a step; the frozen weights are whole in every process,
or sharded by FSDP2 (Zhao et al. 2023, arXiv 2304.11277) or DeepSpeed's ZeRO-3 (Rajbhandari et al. 2020, arXiv
1910.02054), as Accelerate's configuration says.

A process that is gone breaks the connections of the others, and every wait has a bound: each ends with
:class:`TeamBroken`. Between steps the first one says now and then that it is still there.
"""

from __future__ import annotations

import contextlib
import gc
import os
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Literal, Protocol

import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from agent.learner.vlm.sharing import Said, Share

#: Seconds that one process waits for another.
PATIENCE = 900.0
#: The first process is heard of so many times within the others' patience.
_BEATS = 4

Word = Share | Literal["still here", "done"]


class TeamBroken(RuntimeError):
    """Another process is gone, or was not heard of in time. What was learnt is still there, but no step can follow."""


class Team(Protocol):
    """Implementations: Alone, Launched."""

    @property
    def size(self) -> int:
        """Return the number of processes."""

    @property
    def leads(self) -> bool:
        """Return whether this is the first."""

    @property
    def sharded(self) -> bool:
        """Return whether frozen weights are held in shares."""

    @property
    def device(self) -> torch.device:
        """Return where this process computes."""

    def shard(self, model: Any) -> Any:
        """Return a model of frozen weights as this process holds it. All processes call it at the same time."""

    def deal(self, shares: Sequence[Share], learnt: Sequence[Tensor]) -> contextlib.AbstractContextManager[Share]:
        """Hand shares out, with the adapters; give the first process's own. Within, :meth:`collect` is called."""

    def collect(self, said: Said, learnt: Sequence[Tensor]) -> list[Said]:
        """Add all gradients up in the first process; return to it what all say, in their order."""

    def rest(self) -> None:
        """Let the others go: no more steps of this model will follow."""

    def close(self) -> None:
        """Leave the others. They may be gone."""


class Alone:
    """One process, which does everything."""

    size, leads, sharded = 1, True, False

    def __init__(self, device: torch.device | str = "cpu") -> None:
        self.device = torch.device(device)

    def shard(self, model: Any) -> Any:
        """Return the model as it is."""
        return model

    @contextlib.contextmanager
    def deal(self, shares: Sequence[Share], learnt: Sequence[Tensor]) -> Iterator[Share]:
        """Give the only share."""
        yield shares[0]

    def collect(self, said: Said, learnt: Sequence[Tensor]) -> list[Said]:
        """Return the only word."""
        return [said]

    def rest(self) -> None:
        """Nobody is there to let go."""

    def close(self) -> None:
        """Nobody is there to leave."""


class Launched:
    """A process among others; see the module."""

    def __init__(self, accelerator: Any, patience: float = PATIENCE) -> None:
        self.size, self.leads = int(accelerator.num_processes), bool(accelerator.is_main_process)
        self.device = torch.device(accelerator.device)
        self._accelerator = accelerator
        self._rank = int(accelerator.process_index)
        # Words travel apart from tensors: NCCL knows no objects, and would be waited for in vain between steps.
        self._words = dist.new_group(backend="gloo", timeout=timedelta(seconds=patience))
        self._turn = threading.Lock()
        self._closed = threading.Event()
        self._broken: BaseException | None = None
        self._heeded = False  # whether the others listen: from when they have a model to when they are let go
        self._beating = threading.Thread(target=self._beat, args=(patience / _BEATS,), name="beat", daemon=True)
        if self.leads and self.size > 1:
            self._beating.start()

    @property
    def sharded(self) -> bool:
        """Return whether Accelerate's configuration asks for it."""
        return _asked("ACCELERATE_USE_FSDP") or _asked("ACCELERATE_USE_DEEPSPEED")

    def shard(self, model: Any) -> Any:
        """Shard frozen weights over all processes, where that is asked for."""
        with _unbroken():
            if _asked("ACCELERATE_USE_FSDP"):
                model = _fsdp(self._accelerator, model)
            elif _asked("ACCELERATE_USE_DEEPSPEED"):
                model = _zero(model)
        with self._turn:
            self._heeded = True
        return model

    @contextlib.contextmanager
    def deal(self, shares: Sequence[Share], learnt: Sequence[Tensor]) -> Iterator[Share]:
        """Hand shares out, with the adapters; give the first process's own."""
        if self._broken is not None:
            raise TeamBroken(str(self._broken)) from self._broken
        try:
            with self._turn:
                with _unbroken():
                    self._say(shares)
                    dist.broadcast(parameters_to_vector(list(learnt)).detach(), 0)
                yield shares[0]
        except BaseException as error:  # whatever it was, the others are left amid a step
            self._broken = error
            raise

    def hear(self, learnt: Sequence[Tensor]) -> Share | None:
        """Wait for a share, and take the adapters over; None: there will be no more. For all but the first.

        Raises:
            TeamBroken: the first process is gone, or was not heard of in time.
        """
        with _unbroken():
            while (word := self._say(None)) == "still here":
                continue
            if not isinstance(word, Share):
                return None
            flat = parameters_to_vector(list(learnt)).detach()
            dist.broadcast(flat, 0)
        vector_to_parameters(flat, list(learnt))
        if word.seed is not None:
            torch.manual_seed(word.seed + self._rank)
        return word

    def collect(self, said: Said, learnt: Sequence[Tensor]) -> list[Said]:
        """Add all gradients up in the first process; return to it what all say, to the others nothing."""
        every: list[Any] | None = [None] * self.size if self.leads else None
        grads = [torch.zeros_like(one) if one.grad is None else one.grad for one in learnt]
        flat = parameters_to_vector(grads)
        with _unbroken():
            dist.reduce(flat, 0)
            dist.gather_object(said, every, dst=0, group=self._words)
        if every is None:
            return []
        start = 0
        for one in learnt:
            one.grad = flat[start : start + one.numel()].view_as(one)
            start += one.numel()
        return every

    def rest(self) -> None:
        """Let the others go: no more steps of this model will follow. For the first process."""
        with contextlib.suppress(TeamBroken), self._turn, _unbroken():
            if self._broken is None and self._heeded:
                self._heeded = False
                self._say(["done"] * self.size)

    def close(self) -> None:
        """Leave the others. They may be gone."""
        self._closed.set()
        if self._beating.is_alive():
            self._beating.join()
        dist.destroy_process_group()
        del self._words  # else its threads outlive it to the interpreter's end, and now and then abort the process
        gc.collect()

    def _say(self, words: Sequence[Word] | None) -> Word:
        """Hand every process its word, where this is the first one; return one's own."""
        own: list[Any] = [None]
        dist.scatter_object_list(own, None if words is None else list(words), src=0, group=self._words)
        word: Word = own[0]
        return word

    def _beat(self, seconds: float) -> None:
        while not self._closed.wait(seconds):
            try:
                with self._turn, _unbroken():
                    if self._heeded and not self._closed.is_set():
                        self._say(["still here"] * self.size)
            except TeamBroken as error:
                self._broken = error
                return


def open_team(device: str = "auto", *, patience: float = PATIENCE) -> Alone | Launched:
    """Join the processes that a launcher started with this one; alone where there was none.

    ``device``: auto is CUDA where there is some; of several processes each has a device of its own.

    Raises:
        ValueError: the launcher's configuration does not go with the device.
        TeamBroken: the others do not come.
    """
    chosen = device if device != "auto" else "cuda" if torch.cuda.is_available() else "cpu"
    if "LOCAL_RANK" not in os.environ:
        return Alone(chosen)
    from accelerate import Accelerator, InitProcessGroupKwargs

    if torch.device(chosen).index is not None:
        raise ValueError(f"of several processes each has a device of its own: cpu, cuda or auto, not {chosen!r}")
    if _asked("ACCELERATE_USE_FSDP") and os.environ.get("FSDP_VERSION", "1") != "2":
        raise ValueError("fsdp_version: 2 is needed in Accelerate's configuration")
    bound = InitProcessGroupKwargs(timeout=timedelta(seconds=patience))
    with _unbroken():
        accelerator = Accelerator(cpu=chosen == "cpu", mixed_precision="no", kwargs_handlers=[bound])
        return Launched(accelerator, patience)


def _fsdp(accelerator: Any, model: Any) -> Any:
    """Shard with Accelerate's FSDP2, by its configuration; its state would know that on GPUs alone."""
    from accelerate.utils import FullyShardedDataParallelPlugin
    from accelerate.utils.fsdp_utils import fsdp2_prepare_model

    plugin = accelerator.state.fsdp_plugin = FullyShardedDataParallelPlugin()  # anew: it remembers a model's layers
    here = {type(module).__name__ for module in model.modules()}
    if plugin.transformer_cls_names_to_wrap is None:  # a vision tower's model names layers that it lacks without a text
        plugin.transformer_cls_names_to_wrap = sorted(here & set(model._no_split_modules or ()))
    return fsdp2_prepare_model(accelerator, model)


def _zero(model: Any) -> Any:
    """Shard with DeepSpeed, by Accelerate's configuration.

    The engine is handed no optimiser: it then gathers weights for every pass and lets go of them, and no more. Adapters
    come later and are not known to it.
    """
    import deepspeed
    from accelerate.utils import DeepSpeedPlugin

    plugin = DeepSpeedPlugin()
    how = {
        "zero_optimization": plugin.deepspeed_config["zero_optimization"],
        "bf16": {"enabled": model.dtype == torch.bfloat16},
        "train_micro_batch_size_per_gpu": 1,
    }
    if how["zero_optimization"]["stage"] != 3:
        raise ValueError("zero_stage: 3 is needed in Accelerate's configuration")
    return deepspeed.initialize(model=model, config=how)[0].module


def _asked(name: str) -> bool:
    return os.environ.get(name, "false").lower() == "true"


@contextlib.contextmanager
def _unbroken() -> Iterator[None]:
    """Say in our words that another process failed: torch knows it as errors of many kinds, all RuntimeErrors."""
    try:
        yield
    except (TeamBroken, torch.OutOfMemoryError):
        raise
    except RuntimeError as error:
        raise TeamBroken(f"another process of the learner is gone or too slow: {error}") from error
