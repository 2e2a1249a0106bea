"""Figures for Prometheus, read from store and Redis when asked, so that they survive a restart of any process."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from infra.contracts.attempt import AttemptState
from infra.contracts.messages import TaskDispatched, TrajectoryCompleted, TrajectoryRelabelled, VerdictIssued
from infra.operations import Operations

GROUPS = (
    (TaskDispatched, "agent"),
    (TrajectoryCompleted, "evaluator"),
    (VerdictIssued, "proposer"),
    (VerdictIssued, "learner"),
    (TrajectoryRelabelled, "learner"),
)
MOST_LETTERS = 1000


async def render(operations: Operations) -> bytes:
    """Return all figures in the text format. Raises StoreError or StreamError."""
    registry = CollectorRegistry()

    def gauge(name: str, text: str, *labels: str) -> Gauge:
        return Gauge(name, text, labels, registry=registry)

    attempts = gauge("pae_attempts", "attempts by state", "state")
    for state in AttemptState:
        attempts.labels(state.value).set(await operations.store.count_attempts(states=frozenset({state})))
    backlog = gauge("pae_stream_messages", "messages that a group has yet to handle", "stream", "group", "stage")
    for message, group in GROUPS:
        left = await operations.bus.backlog(message, group)
        backlog.labels(message.stream, group, "waiting").set(left.waiting)
        backlog.labels(message.stream, group, "pending").set(left.pending)
    letters = gauge("pae_dead_letters", "messages that were given up, counted up to a thousand")
    letters.set(len(await operations.bus.dead_letters(limit=MOST_LETTERS)))
    workers = gauge("pae_workers", "living workers", "kind")
    for info in (await operations.control.workers()).values():
        workers.labels(str(info.get("kind", "unknown"))).inc()
    seconds = gauge("pae_part_seconds", "seconds spent, by worker and part", "worker", "part")
    for worker, parts in (await operations.control.times()).items():
        for part, spent in parts.items():
            seconds.labels(worker, part).set(spent)
    active = await operations.store.active_policy()
    gauge("pae_policy_version", "version that agents act with").set(active.version if active is not None else -1)
    gauge("pae_sampling_temperature", "that practice is sampled at").set(
        active.sampling.temperature if active is not None else 1.0
    )
    gauge("pae_stopped", "1 while everything is stopped").set(float(await operations.store.stopped()))
    return generate_latest(registry)
