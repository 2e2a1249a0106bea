"""Which of MiniWoB++'s tasks are served: those that clicking, typing, choosing and scrolling can do.

``KEPT`` gives each task its kind and its usual least number of actions; ``LEFT_OUT`` says why a task is not served.
"""

from __future__ import annotations

from collections.abc import Iterator

_BY_KIND = {
    "navigate": """
        click-collapsible 2, click-collapsible-nodelay 2, click-collapsible-2 3, click-collapsible-2-nodelay 3,
        click-link 1, click-menu 3, click-menu-2 3, click-tab 1, click-tab-2 2, click-tab-2-easy 2, click-tab-2-hard 3,
        click-tab-2-medium 2, navigate-tree 3, click-pie 2, click-pie-nodelay 2
    """,
    "find": """
        copy-paste 2, copy-paste-2 2, find-word 2, read-table 2, read-table-2 3, scroll-text 2, email-inbox-noscroll 3,
        simple-algebra 2, simple-arithmetic 2, visual-addition 2, count-shape 1, count-sides 1, identify-shape 1,
        text-transform 2, guess-number 4, phone-book 3
    """,
    "search": """
        search-engine 4, use-autocomplete 3, use-autocomplete-nodelay 3, multi-layouts 4, multi-orderings 4
    """,
    "compare": "ascending-numbers 5, find-greatest 3, odd-or-even 4, generate-number 2",
    "fill": """
        choose-date 5, choose-date-easy 3, choose-date-medium 4, choose-date-nodelay 5, choose-list 2,
        click-scroll-list 2, enter-date 2, enter-password 3, enter-text 2, enter-text-2 2, enter-text-dynamic 2,
        enter-time 2, form-sequence-2 3, form-sequence-3 2, login-user 3, login-user-popup 4, sign-agreement 3,
        use-spinner 5, click-option 2, click-checkboxes 3, click-checkboxes-large 8, click-checkboxes-soft 4,
        click-checkboxes-transfer 3, number-checkboxes 10
    """,
    "change": """
        button-delay 3, click-button 1, click-button-sequence 2, click-color 1, click-dialog 1, click-dialog-2 1,
        click-shades 5, click-shape 1, click-test 1, click-test-2 1, click-test-transfer 1, click-widget 1,
        email-inbox-delete 2, email-inbox-important 2, focus-text 1, focus-text-2 1, grid-coordinate 1,
        scroll-text-2 2, social-media 2, social-media-all 4, social-media-some 4, tic-tac-toe 4, unicode-test 1
    """,
    "compose": """
        book-flight 6, book-flight-nodelay 6, buy-ticket 2, email-inbox 4, email-inbox-forward 4,
        email-inbox-forward-nl 4, email-inbox-forward-nl-turk 4, email-inbox-nl-turk 4, email-inbox-reply 4,
        email-inbox-star-reply 4, order-food 4
    """,
}

_DRAGGING = "things are dragged"
_A_POINT = "a point is to be hit that no element marks"
_SELECTING = "text is selected by dragging over it"
_SLIDER = "a slider's handle is dragged, or moved by arrow keys"
_HOVERING = "the mouse is moved without clicking"

LEFT_OUT = {
    "bisect-angle": _A_POINT,
    "chase-circle": _HOVERING,
    "circle-center": _A_POINT,
    "daily-calendar": _DRAGGING,
    "drag-box": _DRAGGING,
    "drag-circle": _DRAGGING,
    "drag-cube": _DRAGGING,
    "drag-items": _DRAGGING,
    "drag-items-grid": _DRAGGING,
    "drag-shapes": _DRAGGING,
    "drag-shapes-2": _DRAGGING,
    "drag-single-shape": _DRAGGING,
    "drag-sort-numbers": _DRAGGING,
    "draw-circle": "a shape is drawn",
    "draw-line": "a shape is drawn",
    "find-midpoint": _A_POINT,
    "form-sequence": _SLIDER,
    "highlight-text": _SELECTING,
    "highlight-text-2": _SELECTING,
    "hot-cold": _HOVERING,
    "hover-shape": _HOVERING,
    "moving-items": "what moves is hit in flight, and only the episode's timeout ends it",
    "resize-textarea": _DRAGGING,
    "right-angle": _A_POINT,
    "simon-says": "buttons flash for a quarter of a second, before anybody looks",
    "stock-market": "a price that changes ten times a second is watched, and ends after ten seconds",
    "terminal": "single keys are pressed outside of any visible field",
    "text-editor": _SELECTING,
    "use-colorwheel": _DRAGGING,
    "use-colorwheel-2": _DRAGGING,
    "use-slider": _SLIDER,
    "use-slider-2": _SLIDER,
}


def _read() -> Iterator[tuple[str, tuple[str, int]]]:
    for kind, listed in _BY_KIND.items():
        for entry in listed.split(","):
            name, depth = entry.split()
            yield name, (kind, int(depth))


#: Name → (kind, depth).
KEPT: dict[str, tuple[str, int]] = dict(_read())
