"""What is wrong with a word as it is written, where it was meant as a net."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ivr.speech.net import Phrase, alternatives, net, signed_parts

Wrong = Literal["empty", "only_without", "star_joined", "star_inside", "no_blanks", "other_sign", "never"]
_TIGHT = re.compile(
    r"(?<=[^\W\d_]{2})[+＋](?=[^\W\d_]{2})|(?<=\s)[-－](?=[^\W\d_]{2})|(?<=\w)[+＋](?=\s)|(?<=\s)[+＋](?=\w)"
    r"|(?<=\w)[-－](?=\s)|(?<=[^\s\x00-\u058f])\s*[-－]\s*(?=[^\s\x00-\u058f])(?<!\s[-－]\s)"
)
_OTHER = re.compile(r"\s*[|&()（）｜＆、，,;；]\s*")
_DASH = re.compile(r"(?<=\S)\s+[–—−‐‑﹣]\s+(?=\S)")
_LISTED = re.compile(r"(?<=\w)\s*[|｜、；;]\s*(?=\w)")
_QUOTED = re.compile(r"[\"“”„«»‹›「」『』《》()（）\[\]［］{}｛｝【】<>＜＞]")


class NetMistake(NamedTuple):
    """What is wrong, and how the word is likely meant; `meant` is empty where nobody can tell."""

    wrong: Wrong
    meant: str = ""


def mistake_in(written: str) -> NetMistake | None:
    """The first mistake of a word as it is written; None where it is well formed."""
    return _star(written) or _sign(written) or _part(written)


def is_net(written: str) -> bool:
    """Whether a word is more than phrases one of which is enough."""
    found = net(written)
    return len(found.parts) > 1 or bool(found.without) or any(p.prefix for part in found.parts for p in part)


def _star(written: str) -> NetMistake | None:
    for _, part in signed_parts(written):
        for said in alternatives(part):
            bare = re.sub(r"\s*[*＊]\s*", "", said)
            if bare == said:
                continue
            begun = re.split(r"\s*[*＊]", said)[0] or bare
            meant = written.replace(said, bare if _joined(bare) else f"{begun}*")
            if _joined(bare):
                return NetMistake("star_joined", meant)
            if not re.fullmatch(r"[^*＊]*\w[*＊]", said):
                return NetMistake("star_inside", meant if bare else "")
    return None


def _joined(said: str) -> bool:
    return Phrase(said).joined


def _sign(written: str) -> NetMistake | None:
    if found := _TIGHT.search(written):
        sign = "-" if found[0] in "-－" else "+"
        spaced = f"{written[: found.start()].rstrip()} {sign} {written[found.end() :].lstrip()}"
        return NetMistake("no_blanks", spaced)
    if dash := _DASH.search(written):
        return NetMistake("other_sign", f"{written[: dash.start()]} - {written[dash.end() :]}")
    if len(signed_parts(written)) > 1 or len(alternatives(written)) > 1:
        cut = _OTHER.search(written)
        if cut is not None:
            either = cut[0].strip() in "|｜、，,;；"
            return NetMistake("other_sign", _OTHER.sub("/", written).strip("/") if either else "")
    elif _LISTED.search(written):
        return NetMistake("other_sign", _LISTED.sub("/", written))
    if _QUOTED.search(written):
        bare = _QUOTED.sub("", written).strip()
        return NetMistake("other_sign", bare if bare and mistake_in(bare) is None else "")
    return None


def _part(written: str) -> NetMistake | None:
    parts = signed_parts(written)
    if parts and parts[0] == ("+", "") and len(parts) > 1 and parts[1][0] == "-":
        return NetMistake("only_without")
    if (
        len(parts) > 1
        and any(not net(text).parts for _, text in parts if "+" not in text)
        or any(not net(said).parts for _, text in parts for said in alternatives(text))
    ):
        return NetMistake("empty", _without_empty(written))
    found = net(written)
    for part in found.parts:
        if all(any(_holds(phrase, out) for out in found.without) for phrase in part):
            return NetMistake("never")
    return None


def _without_empty(written: str) -> str:
    kept = []
    for sign, text in signed_parts(written):
        if said := "/".join(filter(lambda each: bool(net(each).parts), alternatives(text))):
            kept.append((sign, said))
    start = next((n for n, (sign, _) in enumerate(kept) if sign == "+"), None)
    if start is None:
        return ""
    first = kept.pop(start)[1]
    return " ".join([first, *(f"{sign} {said}" for sign, said in kept)])


def _holds(phrase: Phrase, out: Phrase) -> bool:
    """Whether whoever says a phrase has said the other as well."""
    if out.joined or phrase.joined:
        return out.folded.replace(" ", "") in phrase.folded.replace(" ", "")
    end = "" if out.prefix else " "
    return f" {out.folded}{end}" in f" {phrase.folded} "
