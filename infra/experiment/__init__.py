"""``pae experiment``: what of the learning is due to what, on held-out tasks, over several seeds.

A run is one configuration with one seed: a fresh stack, the websites surveyed, practice, and measurements by
``python -m evaluator.benchmark`` while practice is paused. Like the demo it is an ordinary user of the service; it
adds nothing that the services could not do for anybody.

=============  ==============================================================================
plan           configurations, the plan of a run, when it is measured (pure)
websites       surveys, practice and rest of one run, through the API
heldout        one measurement by the benchmark's command; the demo uses it, too
run            one run from an empty folder to its ``result.json``
series         all runs, one after another, and what they leave together
results        what a run found, as it lies in its folder
bootstrap      intervals over seeds and tasks (pure)
summary        means and differences over all runs (pure)
report         ``curves.csv`` and ``results.md`` (pure)
picture        ``curves.png``
=============  ==============================================================================
"""
