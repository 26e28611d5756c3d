"""Write src/policykb/data/drafting_common_words.txt from the dictionary of the package jieba (0.42.1, MIT licence).

Run by hand when the dictionary or the choice of tags changes: ``python tools/build_common_words.py``.  The remarks at
the head of the file, which tell what the words are for, are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

import jieba

WORDS = Path(__file__).resolve().parents[1] / "src" / "policykb" / "data" / "drafting_common_words.txt"
CHARACTERS = 2
OFTEN = 100
TAGS = frozenset(["v", "vn", "vd", "vq", "a", "ad", "an", "b", "z", "d", "p", "c", "u", "y", "f", "m", "q", "r", "l"])
"""Verbs, adjectives and the words that go with them, relations, numbers, pronouns, set phrases: no names, no nouns."""
LINE = 119


def common_words(dictionary: Sequence[str]) -> Iterator[str]:
    """The words of jieba's lines (word, count, tag) that are short, frequent, and name nothing."""
    for line in dictionary:
        word, count, tag = line.split(" ")
        if len(word) == CHARACTERS and int(count) >= OFTEN and tag in TAGS:
            yield word


def text_of(words: Sequence[str], head: Sequence[str]) -> str:
    """The file: its remarks, then the words in lines."""
    return "\n".join([*head, *wrap(" ".join(words), LINE)]) + "\n"


def main() -> None:
    """Write the file anew."""
    dictionary = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    head = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    WORDS.write_text(text_of(sorted(common_words(dictionary)), head), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
