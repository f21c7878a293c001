"""The lives of a case that are played: what the customer does each time their telephone rings, and how it must end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from life_house import HANGS_UP_SPEAKING, Ring

ACCEPTS = ("1", "1", "5")
REFUSES = ("1", "2", "/record it was charged again", "2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One life. `rings` in order; the case ends in `status` with `results` on its log, and its follow-up in `state`.

    `cases`: how many one customer has. `again`: after a no the case is decided and told once more. `machines`: the
    network recognises them; `holiday`: the customer is told on the last workday before one.
    """

    title: str
    rings: Sequence[Ring]
    status: str
    results: Sequence[str]
    state: str = "done"
    language: str = "en-US"
    cases: int = 1
    again: bool = False
    machines: bool = False
    holiday: bool = False


def stories() -> list[Story]:
    """All of them, in the order they are played: those in which machines are recognised last."""
    return [*_ends(), *_hung_up_everywhere(), *_several(), *_machines()]


def _ends() -> list[Story]:
    busy, silent = Ring("busy"), Ring("no-answer")
    return [
        Story(title="accepted", rings=[Ring(acts=ACCEPTS)], status="closed", results=["accepted"]),
        Story(title="接受", rings=[Ring(acts=ACCEPTS)], status="closed", results=["accepted"], language="zh-CN"),
        Story(
            title="refused and reopened", rings=[Ring(acts=REFUSES)], status="in_progress", results=["not_accepted"]
        ),
        Story(
            title="refused, reopened, told again and accepted",
            rings=[Ring(acts=REFUSES), Ring(acts=ACCEPTS)],
            status="closed", results=["not_accepted", "accepted"], again=True,
        ),
        Story(
            title="不接受，重新处理", rings=[Ring(acts=REFUSES)], status="in_progress", results=["not_accepted"],
            language="zh-CN",
        ),
        Story(
            title="never reached", rings=[busy, silent, Ring("failed")], status="closed_unconfirmed",
            results=["busy", "no_answer", "failed"],
        ),
        Story(
            title="another time, then accepted", rings=[Ring(acts=["3"]), Ring(acts=ACCEPTS)], status="closed",
            results=["later", "accepted"],
        ),
        Story(
            title="wrong person", rings=[Ring(acts=["2"])], status="follow_up_due", results=["wrong_person"],
            state="stopped",
        ),
        Story(title="opted out", rings=[Ring(acts=["4"])], status="closed_unconfirmed", results=["opted_out"]),
        Story(
            title="opted out by word", rings=[Ring(acts=["/speak please stop calling me"])],
            status="closed_unconfirmed", results=["opted_out"],
        ),
        Story(
            title="says nothing understood", rings=[Ring(acts=["1", "7", "7", "7"]), busy, busy],
            status="closed_unconfirmed", results=["unclear", "busy", "busy"],
        ),
        Story(
            title="told before a holiday", rings=[Ring(acts=ACCEPTS)], status="closed", results=["accepted"],
            holiday=True,
        ),
    ]  # fmt: skip


def _hung_up_everywhere() -> list[Story]:
    """Hung up after each act of a yes and of a no, and while speaking; then accepted on another day, where the word
    that counts was not yet said."""
    found = []
    for way, acts, said in (("yes", ACCEPTS, 2), ("no", REFUSES, 2)):
        for count in range(len(acts)):
            told = count >= said
            word, status = ("accepted", "closed") if way == "yes" else ("not_accepted", "in_progress")
            rings = [Ring(acts=acts[:count])] + ([] if told else [Ring(acts=ACCEPTS)])
            found.append(
                Story(
                    title=f"hung up after {count} answers on the way to a {way}",
                    rings=rings,
                    status=status if told else "closed",
                    results=[word] if told else ["unclear", "accepted"],
                )  # fmt: skip
            )
    found.append(
        Story(
            title="hung up while saying why not",
            rings=[Ring(acts=("1", "2", HANGS_UP_SPEAKING))],
            status="in_progress",
            results=["not_accepted"],
        )  # fmt: skip
    )
    return found


def _several() -> list[Story]:
    return [
        Story(
            title="two cases of one customer", rings=[Ring(acts=ACCEPTS), Ring(acts=ACCEPTS)], status="closed",
            results=["accepted"], cases=2,
        ),
        Story(
            title="a machine that nobody recognises", rings=[Ring("machine_start", ["/silence"] * 2), Ring("busy")] * 2,
            status="closed_unconfirmed", results=["later", "busy", "later"],
        ),
    ]  # fmt: skip


def _machines() -> list[Story]:
    return [
        Story(
            title="a machine, then the customer", rings=[Ring("machine_start"), Ring(acts=ACCEPTS)], status="closed",
            results=["machine", "accepted"], machines=True,
        ),
        Story(
            title="machines alone", rings=[Ring("machine_start")] * 3, status="closed_unconfirmed",
            results=["machine"] * 3, machines=True,
        ),
    ]  # fmt: skip
