"""The judge: a chat model that looks at the last pictures and the answer of an attempt, and at nothing else of it."""

#: What its verdicts say who gave them.
EVALUATOR = "judge"
