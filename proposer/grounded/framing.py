"""framing: which clauses can stand within another sentence ("could you …"), and how two of them are joined. Pure.

An order can, a sentence of its own cannot: "could you next to Oak there should be a bell". What does not begin with one
of the known orders counts as a sentence, for standing alone is never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Words that orders begin with.
_ORDERS = frozenset(
    """
    abort accept access act activate add adjust advertise agree aim allow alter amend amplify announce answer appeal
    apply approve archive arrange ask assign attach ban bar be befriend beg begin bill bin blind block blog blow
    boil book borrow branch break brighten bring broadcast browse bump bundle bung buy buzz call cancel caption
    carry cater change charge chat check chime chip choose christen chuck circle cite claim classify clean clear
    click close colour come commit compare complain complete confirm congratulate connect consider consult continue
    convert convince copy correct count cover create credit cross cry cut deactivate debit decline decorate dedicate
    define delete deliver demand demote deny describe deselect destroy determine dial dictate dig direct disable
    discover display ditch divide do donate download draw dress drop duplicate dust echo edit email empty enable
    enclose encourage end endorse engrave enquire enrol enroll enter erase establish eternalise execute exercise
    expect expel explain explore export extend feed fetch fiddle figure file fill filter find finish fire fish fix
    flag flip fold follow forget forgive fork forward freeze gather generate get gimme give go grab greet group
    guide halt hand hang have head hear help hide highlight hit hold honour hook hop hunt identify import include
    inform insert install interrupt introduce invalidate invent invite jog join jot judge jump justify keep kick
    kill knock label land launch lay lead lean learn leave lemme let lift like limit line link list load locate
    lock lodge log look mail make mark mention merge message modify mothball move mute nail name narrow navigate
    negotiate nip nominate note nudge offer open order organise outdo overwrite paint pair park pass paste pause
    pay peel pencil perform personalise phone pick pin ping place plan plaster play point poke pop post praise
    press pretend print proceed proclaim prolong propose prove provide publish pull push put query quit quiz quote
    raise rank reach react read rebalance rebrand reckon recognise recommend record redeem reduce refund refuse
    register reimburse reject relabel release relocate remember remind remove rename render rent reopen reorder
    repeat replace reply report reproduce request rescue reserve respond restore restrict retitle retrace return
    reveal reverse revise rewrite ring roll rsvp run save say scale scan scour scribble scroll scrub seal search
    secure see segment select sell send separate set settle share shift ship shoot shorten shout shove show shred
    shut sift sign silence sink sit skip slip sort spare speak split spread square star start state steer step
    stick stitch stop store stow strike strip submit subscribe suggest sum supply support surf swallow swap switch
    table tag take talk tap tear tell text thank thin throw tick tidy tie tip title touch track transfer translate
    treat trigger trim trust try tuck tune turn tweak twin type uncheck unclose undo unfold unfreeze unhook unlock
    unmute untick unwatch update upload upvote use verify view visit vote wait wake walk warn watch wave welcome
    whittle whizz wipe wire wish withdraw work wrap write zoom
    """.split()  # noqa: SIM905 - five hundred strings in quotes would be no easier to read
)
_BEGINS = re.compile(r"(?:just |first )?([a-z]+)(?= )")
#: What ends a sentence, or opens another one, within a clause.
_BREAK = re.compile(r"[.?!] |: |\bi want\b", re.IGNORECASE)
#: A frame within a template: what follows "could you" has to be an order.
_FRAMED = re.compile(
    r"(?:\b(?:could|would) you|\byou (?:to|can)|\bgo (?:on|ahead) and|\bif you would,|\bfor me) \{[ab]\}"
)


def fits(clause: str) -> bool:
    """Return whether the clause is an order that another sentence can take in."""
    begins = _BEGINS.match(clause)
    return begins is not None and begins.group(1) in _ORDERS and not _BREAK.search(clause)


def several(clause: str) -> bool:
    """Return whether the clause is made of several sentences, or announces something by a colon."""
    return _BREAK.search(clause) is not None


def joints(templates: Sequence[str], first: str, second: str) -> list[str]:
    """Return those of the templates, with slots {a} and {b}, that can join these two clauses.

    The whole may be taken in again where it begins with an order: so before a sentence of its own it must have a break.
    """
    if fits(first) and fits(second):
        return list(templates)
    loose = [text for text in templates if not _FRAMED.search(text)]
    return [text for text in loose if _BREAK.search(text)] if fits(first) else loose
