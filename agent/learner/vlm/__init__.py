"""Learning with a vision-language policy: LoRA adapters (Hu et al. 2021, arXiv 2106.09685) over frozen weights.

Everything here but :mod:`~agent.learner.vlm.encoding` works on tokens and needs only torch, transformers and PEFT, so
that training can be measured on a machine that has nothing else.
"""
