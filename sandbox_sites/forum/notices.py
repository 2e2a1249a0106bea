"""Texts of the forum that are no threads: rules, private messages, the queue, the committee, events."""

from __future__ import annotations

#: question, answer; numbers in braces are filled in per instance
RULES: tuple[tuple[str, str], ...] = (
    ("How large may a picture be?", "Up to {megabytes} MB each, and no more than six to a post."),
    ("How long can I change a post of mine?", "For {edit_days} days. After that, ask a moderator."),
    ("When is a thread locked by itself?", "After {quiet_months} months without a reply."),
    ("How many tags may a thread have?", "At most four. Choose those that somebody would look for."),
    ("May I sell things here?", "Only in the Swap Shed, and nothing dearer than £{ceiling}."),
    ("What happens when I break a rule?", "You get a note. After {notes} notes you cannot post for a month."),
    ("How do I earn reputation?", "Two points for a vote up, minus one for a vote down, {badge_points} for a badge."),
    ("Who may vote in polls?", "Everybody who has been a member for {poll_weeks} weeks or more."),
    ("Can I leave and take my posts with me?", "Write to the committee; it takes {leave_days} days."),
    ("What does the forum cost?", "Nothing. The server costs us £{server} a month, and the raffle pays for it."),
)
REASONS = ("Advertising", "Off topic", "Rude or abusive", "Posted twice", "Dangerous advice")
#: what kind of post, its heading, its text, why it is held back
QUEUE: tuple[tuple[str, str, str, str], ...] = (
    ("New thread", "Cheap seeds, {n} packets for £{weeks}", "Visit our store today, seeds of all sorts, best prices!",
     "Written by a new member"),
    ("New thread", "Hello from {town}", "I have just got a plot of {size} and would love to learn from you all.",
     "Written by a new member"),
    ("Reply", "Re: gas burners in a {size} shed", "Just block the vents, then it stays warm all night. Never hurt me.",
     "Reported by two members"),
    ("Reply", "Re: my prize {veg}", "Only a fool would grow those. Did your mother pick them for you?",
     "Reported by four members"),
    ("New thread", "Which football club do you support?", "Nothing about gardens, I am just curious about it.",
     "Reported by a member"),
    ("New thread", "How do I store {veg} over winter?", "My cellar is damp and the garage freezes. What do you do?",
     "Contains a link"),
    ("New thread", "Second try: {wood} for a cold frame", "I posted this an hour ago as well, sorry if it shows twice.",
     "Looks like another thread"),
)  # fmt: skip
NEWCOMERS = ("seedmart_88", "greta_newplot", "hotshed", "gruff_colin", "ballboy", "cellar_sue", "double_dan", "ana_1st",
             "plotless_pete", "mint_julia")  # fmt: skip
#: subject, text
MESSAGES: tuple[tuple[str, str], ...] = (
    ("Collecting the cold frame", "You can have it for £{price}. I am at home on Thursday after {hour} o'clock; the"
     " house is the one with the {colour} door."),
    ("Seed library rota", "You are down for the {n}th with me. The key hangs behind the {tool}, as always."),
    ("Your question about {wood}", "The yard in {town} has some at £{price} a metre. Ask for Mr {surname} and say that"
     " the forum sent you."),
    ("Thanks for the {fruit}", "It arrived with {weeks} leaves and has {n} now. I owe you a jar of chutney."),
    ("Moderators' supper", "We meet in {town} on the {n}th at {hour} o'clock. Please bring a salad for {weeks}."),
    ("A report that I sent", "The reply in the thread on gas burners is dangerous. Could you look at it? My phone is"
     " 01632 960{n}{weeks}, in case."),
    ("Sensor kit for the open day", "I have {n} kits packed in a {colour} crate. Each cost £{price} to put together."),
)  # fmt: skip
SENT: tuple[tuple[str, str], ...] = (
    ("Tea urn", "I would say we repair it. The element costs £{price} and I can fit it."),
    ("Re: lift to the swap", "Gladly. I leave {town} at {hour} and have {weeks} seats."),
)
COLOURS = ("green", "red", "yellow", "blue", "white", "black", "orange")
SURNAMES = ("Ferris", "Okafor", "Lindqvist", "Boateng", "Marsh", "Pryce", "Delgado", "Tanaka")
ROLES = (
    ("Chair", "Speaks for us, and opens the meetings"), ("Treasurer", "Pays the server, counts the raffle"),
    ("Secretary", "Minutes and letters"), ("Tool keeper", "Lends the shared tools"),
    ("Seed librarian", "Looks after the cabinet of seeds"), ("Webmaster", "Keeps the forum running"),
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
EVENTS = (
    "Seed swap", "Repair café", "Soldering evening", "Scythe course", "Compost walk", "Open day", "Laser night",
    "Pruning class", "Tea urn supper",
)  # fmt: skip
PLACES = ("Tea hut", "Old school hall", "Workshop", "Gate field", "Library annexe", "Chapel yard", "Polytunnel three")
