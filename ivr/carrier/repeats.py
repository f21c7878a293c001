"""A network that delivers requests twice: at once, or long after the call has gone on."""

from __future__ import annotations

from random import Random

from ivr.carrier.delivery import DeliveredRequest, Delivery


class Repeats:
    """Repeats some of what was sent, by chance from a seed; with `always` everything, at once and once more late."""

    def __init__(self, delivery: Delivery, seed: int | str, *, always: bool = False) -> None:
        self._delivery, self._chance, self._always = delivery, Random(seed), always  # noqa: S311 - chance, not secrecy
        self._seen = 0

    def after_act(self) -> None:
        """Between two acts: what was just sent may come twice, and something of before may come late."""
        sent = self._first_times()
        for exchange in sent[self._seen :]:
            if self._happens(0.05):
                self._delivery.repeat(exchange)
        self._seen = len(sent)
        if sent and self._happens(0.03):
            self._delivery.repeat(self._chance.choice(sent))

    def after_call(self) -> None:
        """When the call is over: something of it may come once more."""
        for exchange in self._first_times():
            if self._happens(0.02):
                self._delivery.repeat(exchange)

    def _first_times(self) -> list[DeliveredRequest]:
        return [exchange for exchange in self._delivery.exchanges if exchange.repeats is None]

    def _happens(self, likely: float) -> bool:
        return self._always or self._chance.random() < likely
