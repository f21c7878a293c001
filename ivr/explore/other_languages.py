"""The inputs that mean the same in the hotline's other languages: explore compares languages, and walks one."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.analysis.value_classes import Classes
from ivr.explore.graph import InputWay
from ivr.explore.input_ways import QuestionInLanguage, once_at, ways_at
from ivr.flow.model import Release


class LanguageMatters(Exception):
    """Two languages lead different ways, so that the language belongs to the state."""


class OtherLanguages:
    """The languages besides the first, and for each input at a question the same input in each of them."""

    def __init__(self, release: Release, classes: Classes) -> None:
        self.release, self.classes = release, classes
        self.tags = [tag for tag in release.languages if tag != release.first_language]
        self._anywhere = {way.means for way in once_at(release)} | {"begin"}
        self._groups: dict[QuestionInLanguage, list[InputWay]] = {}

    def same_input(self, place: QuestionInLanguage, way: InputWay) -> Sequence[InputWay]:
        """The input in each other language, in the order of `tags`. `LanguageMatters` where a language has none."""
        if way.means in self._anywhere:
            return [way] * len(self.tags)
        return [self._in(tag, place, way) for tag in self.tags]

    def _in(self, language: str, place: QuestionInLanguage, way: InputWay) -> InputWay:
        there = (*place[:3], language)
        if there not in self._groups:
            self._groups[there] = [each for group in ways_at(self.release, self.classes, there) for each in group]
        alike = [each for each in self._groups[there] if each.means == way.means]
        if not alike:
            raise LanguageMatters
        return next((each for each in alike if type(each.input) is type(way.input)), alike[0])
