"""Who may have an account."""

from __future__ import annotations

PEOPLE = (
    ("mokafor", "Mira Okafor"), ("jlindqvist", "Jonas Lindqvist"), ("pteixeira", "Paula Teixeira"),
    ("haruki", "Haruki Sato"), ("devonb", "Devon Blake"), ("zofiak", "Zofia Kowalska"), ("amadi", "Amadi Nwosu"),
    ("lenagraf", "Lena Graf"), ("rtanaka", "Rei Tanaka"), ("sorcha", "Sorcha Byrne"), ("ivopetrov", "Ivo Petrov"),
    ("nadiah", "Nadia Haddad"), ("cmoreau", "Camille Moreau"), ("tobiasw", "Tobias Wendt"),
)  # fmt: skip
PLACES = (
    "Leeds", "Malmö", "Coimbra", "Sapporo", "Bristol", "Gdańsk", "Ibadan", "Freiburg", "Kyoto", "Galway", "Plovdiv",
    "Beirut", "Nantes", "Leipzig",
)  # fmt: skip
BIOS = (
    "Writes parsers for fun and invoices for money.", "Keeps old hardware alive.", "Databases, bicycles, sourdough.",
    "Likes small tools that do one thing.", "Front-end by day, choir by night.", "Maintainer of too many things.",
    "Reads release notes for pleasure.", "Recovering physicist.", "Accessibility first, animations last.",
    "Types with two fingers, ships with ten.", "Ask me about time zones.", "Packages software for strange machines.",
    "Teaches evening classes in programming.", "Gardener of continuous integration.",
)  # fmt: skip
GROUPS = (
    ("harbourworks", "Harbour Works", "Tools for people who work near water."),
    ("northgate", "Northgate Collective", "Eleven neighbours and a shared server."),
    ("copperline", "Copperline", "Infrastructure that one person can understand."),
    ("mossandmain", "Moss & Main", "Software for gardens, kitchens and other small places."),
    ("paperkite", "Paper Kite", "Open tools for teachers and editors."),
    ("slowcode", "Slow Code Society", "We release once a season and mean it."),
)
DEVICES = ("Work laptop", "Attic server", "Old tablet", "Office desktop", "Travel laptop", "Build machine")
SNIPPETS = (
    ("Rename photos by date", "rename_photos.py", "Python"),
    ("Count words per chapter", "count_words.py", "Python"),
    ("Retry with a growing pause", "retry.go", "Go"),
    ("Debounce without a library", "debounce.ts", "TypeScript"),
    ("Read a sensor over serial", "read_sensor.c", "C"),
    ("Group lines by prefix", "group_lines.rs", "Rust"),
    ("Tiny command-line menu", "menu.py", "Python"),
    ("Format bytes for people", "format_bytes.ts", "TypeScript"),
)
