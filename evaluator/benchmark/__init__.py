"""Measures a policy version on held-out tasks of the sandbox sites, judged by hidden state.

``python -m evaluator.benchmark`` is the command; :func:`run_benchmark` is the same for other programs.
"""

from evaluator.benchmark.plan import BenchmarkOptions
from evaluator.benchmark.report import BenchmarkReport, Share, TaskResult
from evaluator.benchmark.run import run_benchmark
from evaluator.benchmark.trying import Deps

__all__ = ["BenchmarkOptions", "BenchmarkReport", "Deps", "Share", "TaskResult", "run_benchmark"]
