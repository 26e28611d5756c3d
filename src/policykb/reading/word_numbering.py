"""Automatic numbers of Word paragraphs, as the text that Word shows (一、 （一） 1. 第一条).

The numbers are not in the text of a .docx: each paragraph points to a list, each list to its levels, and
the reader has to count.  Names of elements are compared without their namespace, so that files in the strict
form of the standard are read too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_DIGITS = "零一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_COUNTED = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)
_FORMAL = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
_LEVELS = 9


class Level(NamedTuple):
    """One level of a list: ``text`` holds %1 … %9 for the numbers of the levels."""

    start: int
    number_format: str
    text: str
    restart: int
    decimal: bool


class Place(NamedTuple):
    """Where a paragraph stands in the lists: the list's id and the level, counted from 0."""

    list_id: str
    level: int


class Numbering:
    """The lists of one document and how far each has counted; feed it the paragraphs in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """Read the definitions; either part may be missing."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._counters: dict[str, str] = {}
        self._styles = _style_places(styles) if styles is not None else {}
        if numbering is not None:
            self._read(numbering)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def number(self, place: Place | None, style: str | None) -> str:
        """The number before the next paragraph, empty where it has none.

        ``place`` is the paragraph's own, else that of its ``style`` counts; list id 0 means none.
        """
        place = self._resolve(place, style)
        if place is None or place.list_id not in self._levels:
            return ""
        levels = self._levels[place.list_id]
        level = levels.get(place.level)
        if level is None:
            return ""
        counts = self._count(place, levels)
        if level.number_format == "bullet":
            return ""
        text = level.text
        for depth in range(_LEVELS):
            if f"%{depth + 1}" in text:
                shown = levels.get(depth, level)
                number_format = "decimal" if level.decimal else shown.number_format
                text = text.replace(f"%{depth + 1}", spell(counts[depth] or shown.start, number_format))
        return text + (" " if text and text[-1].isalnum() else "")

    def _resolve(self, place: Place | None, style: str | None) -> Place | None:
        of_style = self._styles.get(style or "")
        if place is None:
            place = of_style
        elif place.list_id == "" and of_style is not None:
            place = Place(of_style.list_id, place.level)
        return None if place is None or place.list_id in {"", "0"} else place

    def _count(self, place: Place, levels: dict[int, Level]) -> list[int | None]:
        counter = self._counters[place.list_id]
        counts = self._counts.setdefault(counter, [None] * _LEVELS)
        if place.list_id not in self._begun:
            self._begun.add(place.list_id)
            if counter == place.list_id:
                counts[:] = [None] * _LEVELS
        at = place.level
        counts[at] = levels[at].start if counts[at] is None else (counts[at] or 0) + 1
        for deeper in range(at + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else deeper
            if restart and at < restart:
                counts[deeper] = None
        return counts

    def _read(self, numbering: etree._Element) -> None:
        abstract = {attribute(item, "abstractNumId"): item for item in children(numbering, "abstractNum")}
        linked = {value(item, "styleLink"): item for item in abstract.values() if value(item, "styleLink")}
        for item in children(numbering, "num"):
            list_id, abstract_id = attribute(item, "numId"), value(item, "abstractNumId")
            definition = abstract.get(abstract_id)
            if definition is None:
                continue
            definition = linked.get(value(definition, "numStyleLink"), definition)
            levels = dict(_levels(definition))
            overrides = list(children(item, "lvlOverride"))
            for override in overrides:
                depth = _integer(attribute(override, "ilvl"), 0)
                levels.update(_levels(override))
                start = value(override, "startOverride")
                if start and depth in levels:
                    levels[depth] = levels[depth]._replace(start=_integer(start, 1))
            restarts = any(value(override, "startOverride") for override in overrides)
            self._levels[list_id] = levels
            self._counters[list_id] = list_id if restarts else f"abstract {abstract_id}"


def spell(number: int, number_format: str) -> str:
    """``number`` (from 0 on) in a number format of WordprocessingML; unknown formats are decimal."""
    if number_format in _COUNTED:
        return _counted(number, _DIGITS, "十百千万")
    if number_format in _FORMAL:
        return _counted(number, _FORMAL_DIGITS, "拾佰仟万")
    if number_format in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if number_format in {"ideographTraditional", "ideographZodiac"}:
        symbols = _STEMS if number_format == "ideographTraditional" else _BRANCHES
        return symbols[(number - 1) % len(symbols)]
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return _western(number, number_format)


def _western(number: int, number_format: str) -> str:
    if number_format == "none":
        return ""
    if number_format in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if number_format == "upperLetter" else letters
    if number_format in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman.upper() if number_format == "upperRoman" else roman
    if number_format == "decimalZero":
        return f"{number:02d}"
    if number_format.startswith("decimalFullWidth"):
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return str(number)


def _counted(number: int, digits: str, units: str) -> str:
    """十一, 二十, 一百零五; from 100,000 on in plain digits."""
    if not 0 < number < 100_000:
        return digits[0] if number == 0 else str(number)
    text, zero = "", False
    for power in range(4, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + (units[power - 1] if power else "")
            zero = False
        else:
            zero = bool(text)
    return text[1:] if 10 <= number < 20 and digits == _DIGITS else text


def _roman(number: int) -> str:
    text = ""
    for figure, letters in (*_ROMAN, *_ROMAN_LOW):
        text += letters * (number // figure)
        number %= figure
    return text


def _levels(definition: etree._Element) -> Iterator[tuple[int, Level]]:
    for item in children(definition, "lvl"):
        depth = _integer(attribute(item, "ilvl"), 0)
        if not 0 <= depth < _LEVELS:
            continue
        yield (
            depth,
            Level(
                start=_integer(value(item, "start"), 1),
                number_format=value(item, "numFmt") or "decimal",
                text=value(item, "lvlText"),
                restart=_integer(value(item, "lvlRestart"), depth),
                decimal=next(children(item, "isLgl"), None) is not None,
            ),
        )


def _style_places(styles: etree._Element) -> dict[str, Place]:
    """Style → its list and level; a style without one takes that of the style it is based on."""
    own: dict[str, tuple[str, int | None]] = {}
    parents: dict[str, str] = {}
    for style in children(styles, "style"):
        name = attribute(style, "styleId")
        parents[name] = value(style, "basedOn")
        properties = next(children(style, "pPr"), None)
        numbered = next(children(properties, "numPr"), None) if properties is not None else None
        if numbered is not None:
            level = value(numbered, "ilvl")
            own[name] = (value(numbered, "numId"), _integer(level, 0) if level else None)
    places = {}
    for name in parents:
        depth: int | None = None
        for ancestor in _ancestry(name, parents):
            list_id, own_level = own.get(ancestor, ("", None))
            depth = own_level if depth is None else depth
            if list_id:
                places[name] = Place(list_id, depth or 0)
                break
    return places


def _ancestry(name: str, parents: dict[str, str]) -> Iterator[str]:
    """A style and those it is based on; broken files hold circles."""
    seen: set[str] = set()
    while name and name not in seen:
        yield name
        seen.add(name)
        name = parents.get(name, "")


def place_of(properties: etree._Element | None) -> Place | None:
    """The place that a paragraph's own properties name; the list id is empty where only the level is named."""
    numbered = next(children(properties, "numPr"), None) if properties is not None else None
    if numbered is None:
        return None
    return Place(value(numbered, "numId"), max(0, min(_integer(value(numbered, "ilvl"), 0), _LEVELS - 1)))


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements with this local name."""
    return (child for child in element.iterchildren(tag=etree.Element) if etree.QName(child).localname == name)


def attribute(element: etree._Element, name: str) -> str:
    """The attribute with this local name, empty where there is none."""
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def value(element: etree._Element, name: str) -> str:
    """The ``val`` of a child element, empty where there is none."""
    child = next(children(element, name), None)
    return "" if child is None else attribute(child, "val")


def _integer(text: str, default: int) -> int:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 10 else default
