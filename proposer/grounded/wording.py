"""The words themselves: templates for each kind of clause, and the manners in which people ask."""

from __future__ import annotations

import re

MANNERS = (
    "{Clause}",
    "{Clause}",
    "{Clause}.",
    "{Clause}.",
    "Please {clause}.",
    "Please {clause}",
    "Could you {clause}?",
    "Can you {clause}?",
    "I'd like you to {clause}.",
    "I need you to {clause}.",
    "Your task: {clause}.",
    "Hi! Could you {clause} for me?",
    "Hey, {clause}, please.",
    "{Clause} for me, thanks.",
    "{clause}",
    "{clause} please",
    "ok, {clause}",
    "Now {clause}.",
    "{Clause}, will you?",
    "Would you {clause}?",
    "I want you to {clause}.",
    "Try to {clause}.",
    "Just {clause}, that's all.",
)

ASKING = (
    "{Question}",
    "{Question}",
    "{Question}",
    "Can you tell me: {question}",
    "Quick question: {question}",
    "I was wondering, {question}",
    "Please find out: {question}",
    "Hi, {question}",
    "{question}",
    "I'd like to know: {question}",
    "Somebody asked me: {question}",
    "Do you happen to know: {question}",
    "{Question} Just the answer, please.",
    "{Question} I have to write it down.",
)

NAVIGATE = (
    "open the {page} page",
    "open {page}",
    "go to {page}",
    "go to the {page} page",
    "take me to {page}",
    "take me to the {page} page",
    "show me {page}",
    "show me the page about {page}",
    "find the {page} page",
    "find {page}",
    "bring up {page}",
    "navigate to {page}",
    "get to the page called {page}",
    "pull up the page for {page}",
    "visit {page}",
    "look at {page}",
    "view {page}",
    "bring me to {page}",
    "let me see {page}",
    "let me have a look at {page}",
    "show what there is about {page}",
    "open what you have on {page}",
    "show me what it says under {page}",
    "get {page} on the screen",
    "pull {page} up",
    "jump to {page}",
    "open the place where I can see {page}",
)

#: Ways to ask for a page that are no imperatives: they stand alone.
WHERE = (
    "Where do I find {page}?",
    "Where is {page}? Open it.",
    "Where can I see {page}? Show me.",
    "I'm looking for {page}.",
    "I'd like to see {page}.",
    "I'd like to read about {page}.",
    "I want to see {page}",
    "{page}, please.",
    "{page}",
    "I'm after {page}: show me what there is.",
    "What do you have on {page}? Just open that page.",
    "Is there a page about {page}? I'd like to see it.",
    "I've heard of {page}. Bring it up.",
    "Interested in {page}, show me.",
    "I need {page} in front of me.",
)

FIND = (
    "find the {label} of {subject}",
    "find out the {label} of {subject}",
    "tell me the {label} of {subject}",
    "look up the {label} for {subject}",
    "give me the {label} of {subject}",
    "check the {label} of {subject}",
    "look at {subject} and report the {label}",
    "go to {subject} and tell me its {label}",
    "report {subject}'s {label}",
    "get me the {label} listed for {subject}",
    "see what {label} {subject} has",
)

ASK = (
    "what is the {label} of {subject}?",
    "what's the {label} of {subject}?",
    "what is the {label} for {subject}?",
    "what {label} does {subject} have?",
    "which {label} does {subject} have?",
    "what does it say for {label} on {subject}?",
    "what {label} is given for {subject}?",
    "{subject}: what is its {label}?",
    "what is {subject}'s {label}?",
    "do you know the {label} of {subject}?",
)

SEARCH = (
    "search for {query}",
    "search the site for {query}",
    "use the search to look for {query}",
    "look up {query} with the search box",
    "run a search for {query}",
    "type {query} into the search and submit it",
    "find results for {query}",
)

OPEN_RESULT = (
    "and open {page}",
    "and open the result {page}",
    "then open {page}",
    "and go to {page}",
    "and click on {page} in the results",
    "and view {page}",
    "and pick {page} from the results",
)
#: Where what is searched for is what is to be opened.
OPEN_FOUND = (
    "and open it",
    "then open it",
    "and go to it",
    "and bring it up",
    "and read it",
    "and take me to its page",
    "and open its page",
    "and open what you find",
    "and show me the thing itself",
)

FILTER = (
    "filter {page} by {field} {option}",
    "show only {option} under {field} on {page}",
    "on {page}, set {field} to {option}",
    "narrow {page} down to {field} {option}",
    "list {page} with {field} set to {option}",
    "choose {option} as {field} on {page}",
    "apply the {field} filter {option} on {page}",
    "in {page}, show only {option}",
    "show me only what is {option} in {page}",
    "list what {page} has with {field} {option}",
    "go to {page} and leave only {option} as {field}",
    "reduce {page} to {option}",
    "look in {page} for {field} {option} only",
)

SORT = (
    "sort {page} by {option}",
    "order {page} by {option}",
    "show {page} sorted by {option}",
    "list {page} in the order {option}",
    "arrange {page} by {option}",
    "on {page}, set {field} to {option}",
)

FILL = (
    "fill in {form} with {fields} and submit it",
    "fill out {form}: {fields}",
    "complete {form} with {fields} and send it",
    "submit {form} with {fields}",
    "send {form} with {fields}",
    "use {form} and enter {fields}",
    "enter {fields} in {form} and press {submit}",
    "in {form}, enter {fields}, then click {submit}",
    "put {fields} into {form} and send it off",
    "use {form} to note {fields}",
    "go to {form} and hand in {fields}",
    "note {fields} in {form} and press {submit}",
    "update {form}: {fields}",
)

PAIRS = (
    "{name} {value}",
    "{name}: {value}",
    "{value} as {name}",
    "{name} = {value}",
    "{value} for {name}",
    "{name} “{value}”",
    "my {name} {value}",
    "the {name} {value}",
    "the {name}, which is {value}",
)

PRESS = (
    "press {button} on the {page} page",
    "click {button} on {page}",
    "use the {button} button on {page}",
    "go to {page} and press {button}",
    "hit {button} for {page}",
    "on {page}, click {button}",
)

PRESS_COUNT = (
    "set {field} to {count} on {page} and press {button}",
    "on {page}, choose {field} {count} and click {button}",
    "go to {page}, enter {count} as {field} and press {button}",
    "with {field} {count}, press {button} on {page}",
    "use {field} {count} on the {page} page and hit {button}",
    "click {button} on {page} with {count} for {field}",
)

PRESS_COUNT_BESIDE = (
    "set {field} to {count} beside {row} and press {button}",
    "next to {row}, choose {field} {count} and click {button}",
    "find {row}, enter {count} as {field} and press {button} there",
    "with {field} {count}, press {button} next to {row}",
    "click {button} beside {row} with {count} for {field}",
)

INTO = (
    "{verb} {what} to {place}",
    "{verb} {what} to my {thing}",
    "put {what} in {place}",
    "put {what} into my {thing}",
    "place {what} in {place}",
    "I want {what} in {place}",
    "get {what} into {place}",
    "have {what} in {place}",
    "make sure {what} is in {place}",
)

BARE_VERB_OF_ROW = ("{verb} {what}", "please {verb} {what}", "find {what} and {verb} it")
BARE_VERB = ("{verb} {what}", "go to {what} and {verb} it", "please {verb} {what}", "find {what} and {verb} it")

COUNT = (
    "{count} of {page}",
    "{count} {page}",
    "{count} x {page}",
    "{page}, {count} pieces,",
    "{count} units of {page}",
)

THEN = (
    ("", ", then ", ", and finally "),
    ("", " and then ", " and then "),
    ("first ", ", then ", ", and finally "),
    ("", ", and after that ", ", and last "),
    ("", "; once that is done, ", "; finally, "),
    ("", ". Then ", ". After that, "),
    ("", ", next ", ", and in the end "),
    ("", " and ", " and "),
    ("", ", and also ", ", and also "),
    ("two things: ", "; and ", "; and "),
    ("", ". Also, ", ". And "),
)

ADD_TO = re.compile(
    r"(add|save|move|send)\s+(?:this\s+|it\s+|item\s+)?(?:to|in|into)\s+(?:my\s+|the\s+|your\s+)?(.+)", re.I
)
PLACES = {
    "cart": ("cart", "shopping cart", "basket"),
    "basket": ("basket", "cart", "shopping basket"),
    "bag": ("bag", "cart", "shopping bag"),
    "wishlist": ("wishlist", "wish list"),
    "wish list": ("wish list", "wishlist"),
    "favourites": ("favourites", "favorites"),
    "favorites": ("favorites", "favourites"),
}
VERB = re.compile(
    r"(?:buy|book|reserve|rent|borrow|join|follow|like|upvote|vote|subscribe|enrol|enroll|star|save)", re.I
)
