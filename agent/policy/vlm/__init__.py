"""A vision-language policy whose replies vLLM writes: one LoRA adapter per version, several of them served at a time.

Needs no torch. What the policy is shown and how its replies are read is :mod:`agent.rendering`'s.
"""
