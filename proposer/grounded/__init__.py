"""grounded: tasks from what the survey saw, each with the evidence that would show it done. Needs no model.

One module per kind (navigate, find, search, change and fill, compose) turns the map, the queries and the effects
into goals; ``tasks`` puts them into tasks, drops what is ambiguous, doubled or done already, and counts the drops.
Demonstrations are written down as :mod:`infra.demonstration` says: ``key`` or ``key=value`` per step.
"""
