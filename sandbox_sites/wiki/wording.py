"""What the encyclopaedia's other variant calls things."""

from __future__ import annotations

WORDING: dict[str, str] = {
    # navigation
    "Front page": "Start here", "Contents": "All articles A–Z", "Categories": "Subject index", "Portals": "Themes",
    "Recent changes": "Latest edits", "Special pages": "Workshop", "Glossary": "Word list", "Help": "Guides",
    "Watchlist": "My shelf", "Preferences": "Settings", "Contributions": "My edits", "Sign out": "Log off",
    "Sign in": "Log on", "Advanced search": "Detailed search", "Search the Tidebook": "What are you looking for?",
    "Editors": "Writers", "Statistics": "In numbers", "Longest articles": "By length", "Most linked": "Often cited",
    "Long untouched": "Dusty articles",
    # tabs and tools of an article
    "Article": "Text", "Discussion": "Talk", "Edit": "Revise", "History": "Versions", "Rename": "Retitle",
    "Cite": "Quote this", "What links here": "Mentioned in", "Watch this article": "Put on my shelf",
    "Stop watching": "Take off my shelf", "On this page": "In this article", "See also": "Read on", "Facts": "At a"
    " glance",
    # forms
    "Publish changes": "Save this version", "Show preview": "Try it out", "Summary of your edit": "What did you"
    " change?",
    "This is a minor edit": "Only a small correction", "Introduction": "Opening paragraph", "Facts box": "Fact panel",
    "Restore this version": "Bring this version back", "Undo": "Take back", "Compare chosen versions": "Show"
    " differences",
    "Thank": "Say thanks", "New title": "Title from now on", "Rename article": "Give the new title", "Reason": "Why",
    "Note for other editors": "Remark", "New topic": "Start a conversation", "Title of the topic": "Subject line",
    "Your message": "What you want to say", "Post topic": "Start it", "Post reply": "Answer", "Your reply": "Your"
    " answer",
    "Mark as settled": "Close this conversation", "Subject": "About", "Send message": "Send it off",
    "Save preferences": "Keep these settings", "Appearance": "Look", "Dates": "Calendar", "Profile": "About you",
    "Notices": "Post", "Text size": "Letter size", "Real name": "Name in full", "Signature": "Sign with",
    "Apply": "Show these", "Hide minor edits": "Leave out small corrections", "Editor": "Writer", "Kind of"
    " page": "Area",
    "Search": "Look up", "Category": "Subject", "Sort by": "Order", "Words": "Containing", "Show more"
    " changes": "Older edits",
    "Name": "Writer's name", "Password": "Pass phrase", "Best match": "Closest", "Title": "Alphabet",
    "Newest edit": "Edited last", "Longest first": "Long ones first",
    # messages
    "is on your watchlist.": "now stands on your shelf.", "is off your watchlist.": "is gone from your shelf.",
    "Your changes were published.": "The new version is saved.", "was restored.": "is back.",
    "Your topic was posted.": "The conversation has begun.", "Your reply was posted.": "Your answer was added.",
    "The topic is settled.": "The conversation is closed.", "The article was renamed.": "The new title is in place.",
    "You thanked": "Thanks went out to", "Your message was sent.": "Off it went.",
    "Your preferences were saved.": "Settings kept.", "You are signed out.": "You are logged off.",
    "Welcome back.": "Good to see you again.", "Please sign in first.": "Log on first, please.",
    "Please fill in this field.": "This must not be empty.", "Please mend what is marked below.": "Some fields need"
    " attention.",
    "This must hold a number.": "A number is missing here.", "Please choose one.": "Pick one of these.",
    "An article of this name exists.": "This title is taken.", "This is too long.": "Please keep it shorter.",
    "The name or the password is wrong.": "That did not work. Check name and pass phrase.",
    "Nothing has changed.": "This is the same text as before.", "This is no e-mail address.": "That does not look"
    " like e-mail.",
}  # fmt: skip
