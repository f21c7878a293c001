"""Yes, no or unclear: an utterance with a refusal in it is no or unclear, never yes (docs/adr/0022).

Each clause gives signs: a yes, a no, something else negated, doubt. All of one way decides; doubt never does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ivr.speech.pack import CONTENT, Pack, Piece, plain

Polarity = Literal["yes", "no", "unclear"]
LONGEST_ANSWER = 640
"""Characters of an answer; of a longer one nobody knows what its end would say."""
_YES, _NO, _OTHER, _DOUBT, _BUT = "yes", "no", "something else negated", "doubt", "but"
_HESITATES = "doubt, unless a refusal follows"
_SOMETHING = "something"
"""What a negation is about that is neither yes nor no."""
_SAYS_NO = frozenset({_NO, _OTHER})


class _Reach(NamedTuple):
    """How far things reach, in units: a negation, a clause where a light yes counts, one where a late yes counts, and
    content behind a mere opening word ("okay, my card ...") that leaves it an answer."""

    negation: int
    short: int
    long: int
    opening: int


_SPACED, _JOINED = _Reach(4, 2, 7, 4), _Reach(6, 2, 6, 1)


def _reach(pack: Pack) -> _Reach:
    return _JOINED if pack.joined else _SPACED


class _Sign(NamedTuple):
    sign: str
    said: str
    place: int
    """Which of the clause's telling pieces it is."""


def polarity(text: str, pack: Pack) -> Polarity:
    """What an utterance answers to a question of yes or no."""
    folded = plain(text) if len(text) <= LONGEST_ANSWER else ""
    if not folded or len(folded) > LONGEST_ANSWER:
        return "unclear"
    clauses = list(pack.clauses(folded))
    signs = _last_said([sign for clause in clauses for sign in _without_emphasis(_Clause(clause, pack).signs())], pack)
    content = sum(piece.units for clause in clauses for piece in clause if piece.sort in (CONTENT, "knows"))
    kinds = {sign.sign for sign in signs}
    if kinds == {_YES, _BUT}:
        return "unclear"
    kinds.discard(_BUT)
    if not signs and not content:
        return "yes" if any(piece.sort == "alone" for clause in clauses for piece in clause) else "unclear"
    if not kinds or _DOUBT in kinds or (pack.whole and content):
        return "unclear"
    if kinds == {_YES}:
        goes_on = content > _reach(pack).opening or any(piece.sort == "farewell" for c in clauses for piece in c)
        return "unclear" if goes_on and all(sign.said in pack.leads for sign in signs) else "yes"
    if _YES not in kinds or _refuses(signs, pack):
        return "no"
    return "unclear"


BareYes = Literal["so", "willing"]
_BARE = frozenset({"yes", "agrees", "lightly", "ends", "sure", "alone", "nothing"})


def bare_yes(text: str, pack: Pack) -> BareYes | None:
    """What an utterance that is a yes and nothing else says: that something is so, or that one is willing. "Yes, my
    wife" is no such yes, nor is "yeah?"."""
    text = pack.without_urging(text[:LONGEST_ANSWER])
    if text.rstrip().endswith(("?", "？")) or polarity(text, pack) != "yes":
        return None
    pieces = [piece for clause in pack.clauses(plain(text)) for piece in clause]
    if not all(piece.sort in _BARE for piece in pieces):
        return None
    return "so" if any(piece.said in pack.so for piece in pieces) else "willing"


def holds_back(text: str, pack: Pack) -> bool:
    """Whether an utterance is no plain yes, and something in it refuses, doubts or takes leave."""
    if len(text) > LONGEST_ANSWER:
        return True
    text = pack.without_urging(text)
    if polarity(text, pack) == "yes":
        return False
    clauses = list(pack.clauses(plain(text)))
    signs = {sign.sign for clause in clauses for sign in _Clause(clause, pack).signs()}
    takes_leave = any(piece.sort == "farewell" for clause in clauses for piece in clause)
    return takes_leave or bool(signs & {_NO, _OTHER, _DOUBT, _HESITATES})


def doubts(text: str, pack: Pack) -> bool:
    """Whether doubt or a question is in an utterance, not only words nobody knows."""
    signs = [sign for clause in pack.clauses(plain(text)) for sign in _Clause(clause, pack).signs()]
    return any(sign.sign in (_DOUBT, _HESITATES) for sign in signs)


def _last_said(signs: Sequence[_Sign], pack: Pack) -> Sequence[_Sign]:
    """What stands of it: behind a hesitation a plain refusal alone; where none is there, the hesitation is doubt."""
    said = [n for n, sign in enumerate(signs) if sign.sign == _HESITATES]
    if not said:
        return signs
    last = signs[said[-1] + 1 :]
    kinds = {sign.sign if sign.said != _SOMETHING else _DOUBT for sign in last}
    if kinds & _SAYS_NO and _DOUBT not in kinds and _BUT not in kinds and _refuses(last, pack):
        return last
    return [sign._replace(sign=_DOUBT) if sign.sign == _HESITATES else sign for sign in signs]


def _refuses(signs: Sequence[_Sign], pack: Pack) -> bool:
    """Whether a yes beside a no only opens the sentence ("okay, no thanks") or softens it ("no, that's fine")."""
    kinds = [sign.sign for sign in signs]
    first_no = next(n for n, kind in enumerate(kinds) if kind in _SAYS_NO)
    before, after = signs[:first_no], [sign for sign in signs[first_no:] if sign.sign == _YES]
    opens = all(sign.said in pack.leads for sign in before)
    return opens and all(sign.said in pack.softens for sign in after)


def _without_emphasis(signs: Sequence[_Sign]) -> Iterator[_Sign]:
    """A yes that runs straight into a refusal is its emphasis: "it is not", 当然不是."""
    for sign, following in zip(signs, [*signs[1:], None], strict=False):
        runs_on = following is not None and following.sign in _SAYS_NO and following.place == sign.place + 1
        if not (sign.sign == _YES and runs_on):
            yield sign


class _Clause:
    """A clause being read from left to right, with the negation that is open, if one is."""

    def __init__(self, pieces: Sequence[Piece], pack: Pack) -> None:
        self.pieces, self.pack = pieces, pack
        self.reach = _reach(pack)
        self.content = sum(piece.units for piece in pieces if piece.sort == CONTENT)
        self.found: list[_Sign] = []
        self.place = 0
        self.open_at: int | None = None
        self.known_at = -2
        self.used = False
        self.since = 0

    def signs(self) -> Sequence[_Sign]:
        """What the clause says, in order."""
        for n, piece in enumerate(self.pieces):
            if piece.sort in ("nothing", "alone", "but", "farewell"):
                continue
            self._read(piece, self._following(n))
            self.place += 1
        self._close()
        if self.pieces[0].sort == "but" and self._takes_back():
            return [_Sign(_BUT, "", 0), *self.found]
        return self.found

    def _takes_back(self) -> bool:
        """Whether a clause behind a "but" breaks off, or says something before a sign: "except the last it is so"."""
        for piece in self.pieces:
            if piece.sort == CONTENT:
                return True
            if any(sign.said == piece.said for sign in self.found):
                return False
        return not self.found

    def _following(self, n: int) -> str:
        """The sort of what comes next; in a script with blanks, of what comes next and says something."""
        behind = self.pieces[n + 1 :]
        return next((each.sort for each in behind if self.pack.joined or each.sort != "nothing"), "")

    def _read(self, piece: Piece, following: str) -> None:
        match piece.sort:
            case "content":
                self.since += piece.units
                if self.since > self.reach.negation:
                    self._close()
            case "negates":
                self._close()
                self.open_at, self.used, self.since = self.place, False, 0
            case "yes":
                self._close()
                self._sign(_YES, piece)
            case "no":
                self._sign(_NO, piece)
            case "stops":
                self._stop(piece)
            case "unclear":
                self._sign(_DOUBT, piece)
            case "hesitates":
                self._close()
                self._sign(_HESITATES, piece)
            case "sure" | "knows":
                self._know(piece)
            case "wrong":
                self._wrong(piece)
            case _:
                self._agree(piece, following)

    def _know(self, piece: Piece) -> None:
        if self.open_at is not None:
            self._turned(_DOUBT, piece)
        elif piece.sort == "sure":
            self._sign(_YES, piece)
        else:
            self.known_at = self.place

    def _stop(self, piece: Piece) -> None:
        if self.open_at is None:
            self._sign(_NO, piece)
        elif not any(sign.sign == _NO for sign in self.found):  # else "no, I don't want to cancel"
            self._turned(_DOUBT, piece)

    def _wrong(self, piece: Piece) -> None:
        if self.open_at is None:
            self._sign(_NO, piece)
        elif self.since == 0 and self.content == 0:
            self._turned(_YES, piece)
            self.open_at = None
        else:
            self._turned(_DOUBT, piece)  # "I don't want the wrong number"

    def _agree(self, piece: Piece, following: str) -> None:
        if self.open_at is not None:
            self._turned(_NO, piece)
        elif self._counts(piece, following):
            self._sign(_YES, piece)

    def _counts(self, piece: Piece, following: str) -> bool:
        one = self.pack.joined and len(piece.said) == 1
        if one and (following == CONTENT or (self.place and following)):
            return False  # a part of another word: 好烦
        if following == CONTENT and (piece.sort == "ends" or piece.said in self.pack.stresses):
            return False
        if self.place == 0:
            return piece.sort == "agrees" or self.content <= self.reach.short or piece.said in self.pack.leads
        return self.content <= (self.reach.short if piece.sort in ("lightly", "ends") else self.reach.long)

    def _sign(self, sign: str, piece: Piece) -> None:
        self.found.append(_Sign(sign, piece.said, self.place))

    def _turned(self, sign: str, piece: Piece) -> None:
        """What the open negation makes of a piece; it stands where the negation does."""
        assert self.open_at is not None
        self.found.append(_Sign(sign, piece.said, self.open_at))
        self.used = True

    def _close(self) -> None:
        if self.open_at is not None and not self.used:
            doubted = self.known_at == self.open_at - 1 and not self.pack.joined  # "weiß ich nicht"
            about = _SOMETHING if self.since else ""
            self.found.append(_Sign(_DOUBT if doubted else _OTHER, about, self.open_at))
        self.open_at = None
