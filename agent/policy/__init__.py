"""Policies: what to do next, given the instruction and what is seen."""
