"""The distilled reward model: learns from the judge's verdicts, and answers first where it is sure (after ONI).

Zheng et al. 2024 (arXiv 2410.23022) have a language model annotate what an agent sees while it learns, and train a
classifier on that, which then gives the reward. Here the judge annotates whole attempts.
"""

#: What its verdicts say who gave them.
EVALUATOR = "distilled"
