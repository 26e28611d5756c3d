"""Names of authorities, media and persons, told by their form."""

from __future__ import annotations

import re

from policykb.resources import word_list

_ORGANS = tuple(word_list("structure_organs.txt"))
_MEDIA = tuple(word_list("structure_media.txt"))
_SURNAMES = word_list("structure_surnames.txt")
_SINGLE = frozenset("".join(names for names in _SURNAMES if len(names) > 2))
_DOUBLE = frozenset(names for names in _SURNAMES if len(names) == 2)
_NOT_PERSONS = frozenset(word_list("structure_not_persons.txt"))
_MAX_NAMES = 40
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_NO_ORGAN = re.compile(
    r"[，。；：！？“”《》]|^(?:关于|在|为|以|对|把|从|由|做好|加强|推进|建设|打造|走进|建立|成立|健全|组建|设立|完善|优化|强化|我|各|全(?!国))"
)
_SPACES = re.compile(r"\s+")
_STAMP = re.compile(r"[（(](?:盖章|印章|公章|章|代章)[）)]$")
_ENUMERATED = re.compile(r"[\s、]+")


def is_organ(text: str) -> bool:
    """Whether ``text`` is the name of an authority (or several), by its ending and without any sentence in it."""
    return 3 <= len(text) <= 60 and text.endswith(_ORGANS) and not _NO_ORGAN.search(text)


def organs_of(text: str) -> tuple[str, ...]:
    """The authorities that ``text`` names and nothing else, each once; empty when it is something else.

    Blanks or 、 part those that issue together (县委办公室 县政府办公室); blanks within one name are left out.
    """
    text = _STAMP.sub("", text.strip())
    for separator in (_SPACES, _ENUMERATED):
        parts = [part for part in separator.split(text) if part]
        if len(parts) > 1 and all(map(is_organ, parts)):
            return tuple(dict.fromkeys(parts))
    whole = _SPACES.sub("", text)
    return (whole,) if is_organ(whole) and "、" not in whole else ()


def one_authority(text: str) -> str:
    """What a page names as the authority, several joined by 、; what is no authority by its name as it is."""
    return "、".join(organs_of(text)) or text


def is_medium(text: str) -> bool:
    """Whether ``text`` is the name of a newspaper, an agency or a site."""
    return 2 < len(text) <= 16 and text.endswith(_MEDIA) and not _NO_ORGAN.search(text)


def is_person(text: str) -> bool:
    """Whether ``text`` can be a Chinese personal name: a usual surname and one or two characters."""
    if not _NAME.fullmatch(text) or text in _NOT_PERSONS:
        return False
    return text[:2] in _DOUBLE or (text[0] in _SINGLE and len(text) <= 3)


def persons(text: str) -> tuple[str, ...]:
    """The names of a line that is nothing but names; empty when it is something else.

    A name of two characters may be spaced out (李 明).
    """
    if len(text) > _MAX_NAMES:
        return ()
    parts = [part for part in _ENUMERATED.split(text.strip()) if part]
    if len(parts) == 2 and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    return tuple(parts) if parts and len(parts) <= 6 and all(map(is_person, parts)) else ()
