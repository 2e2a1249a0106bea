"""A vision-language model of about a million weights, made here: LLaVA's architecture, its own tokenizer.

It is for tests and for machines without a GPU. It knows how replies are written and little else.
"""
