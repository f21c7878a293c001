"""What a language's table of answers holds. A table is data: a file of `ivr/speech/tables/` each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Sort = Literal[
    "yes", "agrees", "lightly", "ends", "alone", "no", "stops", "wrong", "negates", "sure", "knows", "unclear",
    "hesitates", "nothing", "apart", "but", "farewell",
]  # fmt: skip
"""What a word does to an answer; `Table` says of each what it means."""
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How a language says yes and no: words and phrases, `|` between them, apostrophes left out, each under one sort.

    `joined`: a script without blanks, read by characters. `same` writes variants of characters as those of the table.
    """

    joined: bool = False
    same: str = ""
    """Pairs of characters: one that may come, and the one it is read as."""
    yes: str = ""
    """A yes as a whole, whatever is negated inside it: "no problem"."""
    agrees: str = ""
    """A yes, which a negation before it turns into a no."""
    lightly: str = ""
    """The same, in short clauses only: "right", "fine"."""
    ends: str = ""
    """The same, only where the clause says nothing more: "I have", but not "I have two cards"."""
    alone: str = ""
    """A yes where nothing else is said: "please"."""
    no: str = ""
    """A no as a whole: "I'd rather not"."""
    stops: str = ""
    """A no; negated it is doubt, for what was to be stopped may be what is asked: "cancel". So is an author's no."""
    wrong: str = ""
    """A no; right behind a negation a yes: "not wrong"."""
    negates: str = ""
    """A negation: whatever stands behind it within reach."""
    sure: str = ""
    """A yes; negated it is doubt: "not sure"."""
    knows: str = ""
    """Nothing by itself; negated it is doubt: "I don't know"."""
    unclear: str = ""
    """Doubt, a question, something not heard."""
    hesitates: str = ""
    """Doubt by itself; a refusal behind it stands, whatever was before: "yes, wait, no", 对吗不对."""
    nothing: str = ""
    """Says nothing either way."""
    apart: str = ""
    """Parts clauses, as a comma does."""
    but: str = ""
    """Parts clauses, and what comes behind it takes something back: "all right but the last one"."""
    farewell: str = ""
    """Says nothing, but a mere opening word before it is no yes: "okay, bye"."""
    leads: str = ""
    """Of the words above: those that open a sentence and promise nothing, so that a refusal behind them stands."""
    stresses: str = ""
    """Of the words above: those that may belong to what is next to them, and are no yes there: "totally unfair"."""
    so: str = ""
    """Of the words above: those that say that something is so, and not that one is willing: "yes", "correct"."""
    urges: str = ""
    """With what somebody who has said yes asks for what comes next: "yes, what is it about", 是我，请讲."""
    softens: str = ""
    """Of the words above: those that belong to a no before them: "no, that's fine"."""

    refuses: str = ""
    """A wish denied, which shuts out a menu's word up to four words behind it: "I don't want to complain"."""
    behind: str = ""
    """The same right behind the word, in a joined script: 人工就不用了."""
    excludes: str = ""
    """The same right before the word only: "not a loan". In a joined script both stand right before it."""
    denies: str = ""
    """A wish denied wherever it is said, so that what the rest is about is asked; never a fact denied: "not paid"."""
    between: str = ""
    """What may stand between in a joined script, 不想去投诉; in another, words with which a new wish begins."""
    declines: str = ""
    """With which a clause that says nothing else refuses a wish: "no loan", 不贷款."""
    declined: str = ""
    """With which a clause ends that refuses what stands before: 房贷就不要了, "a loan is not needed"."""
    facts: str = ""
    """What behind such a word makes it a fact: 不能, 不处理."""
    wishes: str = ""
    """In a joined script, with what another wish begins in the same clause: 不投诉我想问贷款."""
    idle: str = ""
    """What says nothing of what a caller wants, besides the words above that are a yes, a no, doubt or nothing; of
    those that say nothing in a joined script the single characters: others may be what a topic is about."""
    tells: str = ""
    """Of the words above that are a yes, a no, doubt or nothing: those that a topic may be about."""
    opposites: str = ""
    """Wishes that are each other's opposite, as `open/opening : close/closing`."""
    still: str = ""
    """What looks like a wish denied and is none: 能不能."""
    digits: str = ""
    """Zero to nine in order, `/` between several words for one; empty for one that means something else too."""
    ordinals: str = ""
    """First to ninth in order."""
    key_leads: str = ""
    """What may stand before a key that is named: "press", 按."""
    key_tails: str = ""
    """What may stand behind it: "please", 号键."""
    ordinal_tails: str = ""
    """What may stand behind an ordinal besides: "one"."""
