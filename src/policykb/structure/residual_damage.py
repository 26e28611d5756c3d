"""What is left of damage in a clean text: one line of counts, for a person to look at."""

from __future__ import annotations

import re
from functools import cache

from policykb.resources import word_list

_LOST = "⍰"
_REPLACEMENT = "\ufffd"
_KNOT = "锟斤拷"
"""What GBK makes of U+FFFD in UTF-8, twice."""

_QUESTION_RUN = re.compile(r"\?{2,}|？{3,}")
_SHOWN = 10


def damage_remark(text: str) -> str | None:
    """One line of what still looks damaged, with counts; None where nothing does.

    Chinese characters outside of GB 2312 are listed: some are rare names, others stand where a wrong one was read.
    """
    used = set(text)
    found = [
        ("缺字标记⍰", text.count(_LOST) if _LOST in used else 0),
        ("无法解码的字符", text.count(_REPLACEMENT) if _REPLACEMENT in used else 0),
        ("“锟斤拷”", text.count(_KNOT) if _KNOT[0] in used else 0),
        ("连续问号", len(_QUESTION_RUN.findall(text)) if used & {"?", "？"} else 0),
        ("私用区字符", sum(text.count(character) for character in used if _is_private(character))),
        ("不可见字符", sum(text.count(character) for character in used & _INVISIBLE)),
    ]
    told = [f"{name} {count} 处" for name, count in found if count]
    rare = sorted(character for character in used if _is_rare(character))
    if rare:
        count = sum(text.count(character) for character in rare)
        shown = "".join(rare[:_SHOWN]) + ("……" if len(rare) > _SHOWN else "")
        told.append(f"GB 2312 以外的汉字 {count} 处（{shown}）")
    return "疑似残留损坏：" + "，".join(told) if told else None


_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")


def _is_private(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


@cache
def _is_rare(character: str) -> bool:
    """Whether it is a Chinese character that neither GB 2312 has nor standard texts write."""
    if not ("\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"):
        return False
    if character >= "\U000f0000":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character not in _standard_characters()
    return False


@cache
def _standard_characters() -> frozenset[str]:
    return frozenset("".join(word_list("structure_standard_characters.txt")))
