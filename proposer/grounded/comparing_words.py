"""Templates of comparisons. ``{predicate}``: "is cheaper", "has the most seats"; ``{a}``, ``{b}``, ``{c}``: names."""

from __future__ import annotations

PAIR_QUESTIONS = (
    "which {predicate}, {a} or {b}?",
    "which {predicate}: {a} or {b}?",
    "which one {predicate}, {a} or {b}?",
    "which of {a} and {b} {predicate}?",
    "which of the two {predicate}, {a} or {b}?",
    "{a} or {b}: which {predicate}?",
    "{a} or {b}, which one {predicate}?",
    "of {a} and {b}, which {predicate}?",
    "out of {a} and {b}, which one {predicate}?",
    "between {a} and {b}, which {predicate}?",
    "if I compare {a} with {b}, which {predicate}?",
    "comparing {a} and {b}, which one {predicate}?",
)

PAIR_CLAUSES = (
    "find out which {predicate}, {a} or {b}",
    "tell me which of {a} and {b} {predicate}",
    "tell me which {predicate}, {a} or {b}",
    "compare {a} with {b} and tell me which {predicate}",
    "compare {a} and {b} and name the one that {predicate}",
    "look at {a} and {b} and tell me which one {predicate}",
    "open {a} and {b} and say which of the two {predicate}",
    "check which of {a} and {b} {predicate}",
    "figure out which one {predicate}: {a} or {b}",
    "name the one that {predicate}, {a} or {b}",
    "see whether it is {a} or {b} that {predicate}",
    "check both {a} and {b}, and give me the name of the one that {predicate}",
    "work out which {predicate}, {a} or {b}",
)

TRIPLE_QUESTIONS = (
    "which {predicate}: {a}, {b} or {c}?",
    "which of {a}, {b} and {c} {predicate}?",
    "which one {predicate}, {a}, {b} or {c}?",
    "of {a}, {b} and {c}, which {predicate}?",
    "{a}, {b} or {c}: which of them {predicate}?",
    "among {a}, {b} and {c}, which one {predicate}?",
)

TRIPLE_CLAUSES = (
    "find out which of {a}, {b} and {c} {predicate}",
    "tell me which {predicate}: {a}, {b} or {c}",
    "compare {a}, {b} and {c} and tell me which {predicate}",
    "look at {a}, {b} and {c} and name the one that {predicate}",
    "check which of {a}, {b} and {c} {predicate}",
    "work out which one {predicate}: {a}, {b} or {c}",
)

#: Of all that one page lists.
LISTED_QUESTIONS = (
    "which one on {page} {predicate}?",
    "on {page}, which one {predicate}?",
    "on the {page} page, which one {predicate}?",
    "which of all those on the {page} page {predicate}?",
    "of everything listed under {page}, which {predicate}?",
    "which entry on {page} {predicate}?",
    "looking at {page}, which one {predicate}?",
    "according to {page}, which {predicate}?",
    "which one in the list “{bare}” {predicate}?",
)

LISTED_CLAUSES = (
    "find the one on {page} that {predicate}",
    "open {page} and tell me which one {predicate}",
    "go to {page} and find out which {predicate}",
    "look through {page} and name the one that {predicate}",
    "name the one that {predicate} on the {page} page",
    "tell me which one on {page} {predicate}",
    "check {page} and tell me which {predicate}",
    "go through the list on {page} and give me the name of the one that {predicate}",
    "pick out the one that {predicate} from what {page} lists",
)
