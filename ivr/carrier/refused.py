"""What the network would not take of a hotline's answers, in a sentence."""

from __future__ import annotations

from ivr.carrier.delivery import DeliveryFailed
from ivr.carrier.document import DocumentRefused
from ivr.carrier.told import Told


def would_refuse(url: str, failed: DeliveryFailed | DocumentRefused) -> Told:
    """What a document was refused for."""
    return Told("carrier.refused.line", "{url}: {number}: {why}", url=url, number=str(failed.code), why=failed.why)


def without_end(url: str, hops: int) -> Told:
    """That a document leads to another one for ever."""
    return Told("carrier.refused.redirects", "{url}: {hops} redirects without a word of the caller", url=url, hops=hops)
