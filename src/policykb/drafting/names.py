"""Names in a borrowed text that no gazetteer holds: persons, and places below the county."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from policykb.models import Record
from policykb.resources import data_file, word_list
from policykb.segmentation import Segmenter, Token
from policykb.spans import Span
from policykb.structure.organs import is_person

_LONGEST_STEM = 4  # characters; of a place on the pastures twice as many
_HAN = re.compile("[\u4e00-\u9fff]+")


class _Persons(Record):
    posts: tuple[str, ...]
    acts: tuple[str, ...]
    speakers: tuple[str, ...]
    says: tuple[str, ...]

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """A post, a name, and what shows that it was one; of a name the shortest reading first."""
        pairs = ((self.posts, self.acts), (self.speakers, self.says))
        return tuple(
            re.compile(f"(?:{_any_of(before)})(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?={_any_of(behind)})")
            for before, behind in pairs
        )


class _Places(Record):
    endings: tuple[str, ...]
    not_behind: str
    long_before: frozenset[str]
    never_in_names: str
    names_too: frozenset[str]
    generic: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """An ending that is the last of a word."""
        return re.compile(f"(?:{_any_of(self.endings)})(?![{self.not_behind}])")

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that make no name of a place."""
        lines = word_list("drafting_common_words.txt")
        return (frozenset(word for line in lines for word in line.split()) | self.generic) - self.names_too

    def may_name(self, word: str) -> bool:
        """Whether ``word`` may be the name of a place, or a part of one."""
        common = {word, word[:2], word[-2:]} & self.common  # 充分发挥 is two of them
        return bool(_HAN.fullmatch(word)) and not common and not set(self.never_in_names) & set(word)


class _Names(Record):
    persons: _Persons
    places: _Places


def persons(text: str) -> list[Span]:
    """The names of persons in ``text`` in order, as far as a post before them and a verb behind show them."""
    who = {*_names().persons.posts, *_names().persons.speakers}
    found = {
        Span(*match.span("name"))
        for pattern in _names().persons.patterns
        for match in pattern.finditer(text)
        if is_person(match["name"]) and match["name"][1:] not in who  # 任组长, 向记者
    }
    return sorted(found)


def local_places(text: str, segmenter: Segmenter) -> list[Span]:
    """Towns, villages and communities called by a name of their own in ``text`` (丰桥社区, 永安村), in order.

    A name is the ending with the word before it, single characters taken together; common words before an
    ending (老旧小区, 驻村) make no name.
    """
    places = _names().places
    tokens = segmenter.tokens(text)
    borders = {token.start: index for index, token in enumerate(tokens)} | {len(text): len(tokens)}
    found: list[Span] = []
    for match in places.pattern.finditer(text):
        border = borders.get(match.end(), borders.get(match.start()))  # 胜利|村党支部 is cut before the ending
        before = tokens[:border] if border is not None else []
        words = list(_words_before(before, match.start(), found[-1].end if found else 0))
        if words and before[-1].start < match.start() and len(words[0]) == 1:
            continue  # 家乡, 返乡, 萍乡: words of their own
        length = _stem_length(words, long=match.group() in places.long_before)
        if length > 1:
            found.append(Span(match.start() - length, match.end()))
    return found


def _words_before(tokens: Sequence[Token], end: int, floor: int) -> Iterator[str]:
    """The words of ``[floor, end)``, the last first; one that goes on behind ``end`` is cut there."""
    for token in reversed(tokens):
        if token.start < floor:
            return
        if token.start < end:
            yield token.text[: end - token.start]


def _stem_length(words: Iterable[str], *, long: bool) -> int:
    """How many characters before an ending belong to the name."""
    places, length = _names().places, 0
    longest = _LONGEST_STEM * (2 if long else 1)
    for word in words:
        is_whole = length > 1 and len(word) > 1  # 丰桥, and no more; but 土 with 门墩, 江川 with 路
        if not places.may_name(word) or length + len(word) > longest or (is_whole and not long):
            break
        length += len(word)
    return length


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in _longest_first(words))


def _longest_first(words: Iterable[str]) -> Iterator[str]:
    yield from sorted(words, key=lambda word: (-len(word), word))


@lru_cache(maxsize=1)
def _names() -> _Names:
    return _Names(**tomllib.loads(data_file("drafting_names.toml").read_text(encoding="utf-8")))
