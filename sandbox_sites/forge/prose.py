"""What people write: issues, comments, commits, notes of releases. ``{T}`` starts a sentence, ``{t}`` does not."""

from __future__ import annotations

#: Label, title.
ISSUES = (
    ("bug", "{T} crashes when the input is empty"),
    ("bug", "{T} shows the wrong result after midnight"),
    ("bug", "{T} ignores quiet mode"),
    ("bug", "{T} hangs if the network drops"),
    ("bug", "{T} fails on paths with spaces"),
    ("bug", "{T} repeats the last entry"),
    ("bug", "{T} reports success although it failed"),
    ("feature", "Let {t} be switched off"),
    ("feature", "Add a dry run to {t}"),
    ("feature", "Support several profiles in {t}"),
    ("feature", "Keyboard shortcuts for {t}"),
    ("feature", "Undo for {t}"),
    ("docs", "Explain {t} in the manual"),
    ("docs", "The example for {t} is out of date"),
    ("performance", "{T} takes twice as long since the last release"),
    ("performance", "Memory use of {t} grows without limit"),
    ("security", "{T} writes secrets into its log"),
    ("security", "Check permissions before {t} starts"),
)
BODIES = {
    "bug": (
        "I can reproduce this every time on a clean checkout. Expected: a clear message. Got: a stack trace.",
        "It started last week and happens about once a day. Going back one version helps.",
        "Steps: start with the default settings, wait a minute, look at the output.",
    ),
    "feature": (
        "We have wanted this for a while in our team. I am happy to help with testing.",
        "Every competitor has it, and our users keep asking. A first version could be very small.",
        "At the moment we patch this in locally, which breaks with every update.",
    ),
    "docs": (
        "The current text assumes that you already know how it works.",
        "Two of the links are dead, and the screenshot shows the old version.",
    ),
    "performance": (
        "Measured on two machines with the sample data. A profile is attached to the chat thread.",
        "Small inputs are fine; it gets bad above ten thousand entries.",
    ),
    "security": (
        "Not urgent for most installations, but it should not stay like this.",
        "Found during our yearly review. No data has leaked as far as we know.",
    ),
}
EXTRA = ("needs-info", "help-wanted", "quick-win")
REMARKS = (
    "Same here, with the newest version.", "I can take a look at the weekend.", "Could you add your log?",
    "Confirmed on a fresh installation.", "This is probably the same cause as last time.", "Works for me on main.",
    "A small test case would help a lot.", "I have a branch that half fixes this.", "Let us plan this properly.",
    "Thanks for the clear report!", "Not a blocker, but annoying.", "Please keep the old behaviour as an option.",
    "We hit this twice in production.", "The documentation should mention it meanwhile.", "Bumping this.",
    "I would rather solve it one level lower.", "Our customers notice this as well.", "Agreed with the plan above.",
)  # fmt: skip
COMMITS = (
    "Fix rounding in {t}", "Speed up {t}", "Document {t}", "Test {t} with odd input", "Drop old code of {t}",
    "Translate messages of {t}", "Handle time-outs in {t}", "Log less in {t}", "Rename options of {t}",
    "Add a switch for {t}", "Split {t} into two files", "Refuse bad input in {t}", "Keep {t} working without network",
    "Clean up after {t}",
)  # fmt: skip
MERGES = (
    ("Rewrite {t} without globals", "rewrite"), ("Make {t} configurable", "configurable"),
    ("Faster start of {t}", "faster-start"), ("Accessible output for {t}", "accessible"),
    ("Replace the parser behind {t}", "new-parser"), ("More tests for {t}", "more-tests"),
    ("Friendlier errors in {t}", "friendly-errors"),
)  # fmt: skip
MERGE_BODIES = (
    "Small steps, one commit each. The last one can be dropped if you do not like it.",
    "Follows the discussion in the chat. Behaviour stays the same except in the corner case.",
    "Please look at the naming first; the rest is mechanical.",
)
NOTES = (
    "{T} copes with empty input", "New option for {t}", "Less memory for {t}", "{T} is documented at last",
    "Fixed a crash in {t}", "{T} starts in half the time", "Clearer messages from {t}",
)  # fmt: skip
MILESTONES = (
    "Spring clean-up", "Long-term support", "Translations", "Faster start", "First-run polish", "Packaging",
    "Public beta", "Accessibility pass",
)  # fmt: skip
MILESTONE_ABOUT = (
    "Only what users notice.", "No new features in this one.", "Everything that we promised last autumn.",
    "Small things that have waited for too long.",
)  # fmt: skip
CHECKS = ("build", "unit tests", "lint", "documentation")
SHORTCUTS = (
    ("Focus the search box", "/"), ("Go to your work", "g then w"), ("Go to the start page", "g then h"),
    ("New issue in this repository", "c"), ("Toggle the file tree", "t"),
)  # fmt: skip
ROLES = (
    ("Guest", "Read code, open issues"), ("Developer", "Push branches, propose merges"),
    ("Maintainer", "Merge, change settings, plan milestones"), ("Owner", "Archive and delete repositories"),
)  # fmt: skip
