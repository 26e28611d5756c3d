"""Words: places, domain words, the fast cutter, and a quiet start."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tempfile
import unicodedata
import warnings
from pathlib import Path

import pytest

from policykb.resources import word_list
from policykb.segmentation import Segmenter, fold, fold_name, read_dictionary

CORPUS = sorted((Path(__file__).parents[2] / "corpus").glob("*.txt"))

SENTENCES = [
    "推广“45666”社区工作法，做到空巢老人必访。",
    "2012-07-15至2013年，联系电话0715-8235566，网址www.x.gov.cn，占95.5%。",
    "高举旗臶，設臵機構，確保保考評 <!--more--> --- C++ 3.5% a_b ok",
    "",
    "　\n\t",
    "“131n”村级治理机制和“8+X”模式、1+12+N网格",
]


@pytest.fixture(scope="module")
def plain() -> Segmenter:
    """Jieba."""
    return Segmenter(fast=False)


@pytest.fixture(scope="module")
def fast() -> Segmenter:
    """rjieba, where it is installed."""
    pytest.importorskip("rjieba")
    return Segmenter(fast=True)


@pytest.mark.parametrize("text", SENTENCES)
def test_tokens_join_to_the_text(plain: Segmenter, text: str) -> None:
    """Does each token stand where it says, and do all of them make the text?"""
    tokens = plain.tokens(text)
    assert "".join(token.text for token in tokens) == text
    assert all(text[token.start : token.end] == token.text for token in tokens)


def paragraphs() -> list[str]:
    """The paragraphs of the corpus, damaged ones and Traditional script included."""
    texts = [
        path.read_bytes().decode("gb18030" if b"\xa1\xa3" in path.read_bytes()[:4000] else "utf-8", "replace")
        for path in CORPUS
    ]
    return [line for text in texts for line in text.split("\n")]


def test_the_fast_cutter_gives_the_same_words(plain: Segmenter, fast: Segmenter) -> None:
    """Are rjieba's words those of jieba on the sentences above and on every paragraph of the corpus?"""
    for text in (*SENTENCES, *paragraphs()):
        assert fast.cut(text) == plain.cut(text)


@pytest.mark.parametrize("word", ["服务型党组织", "空巢老人", "党建联席会", "村务监督委员会", "两新组织", "第一书记"])
def test_words_of_the_field_stay_whole(plain: Segmenter, word: str) -> None:
    """Is a word of our list one token inside a sentence?"""
    assert word in plain.words(f"各地要加强{word}建设，推动落实。")


def test_words_are_without_stop_words(plain: Segmenter) -> None:
    """Are punctuation, blanks and stop words left out?"""
    assert plain.words(fold("推广“131N”的机制 和办法。")) == ["推广", "131n", "机制", "办法"]


def test_the_list_of_untrained_characters_is_that_of_jieba() -> None:
    """Does the list hold just the Han characters that jieba's model has no value for?"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = importlib.import_module("jieba.finalseg").emit_P
    trained = set().union(*model.values())
    listed = "".join(word_list("segmentation_untrained_characters.txt"))
    assert list(listed) == [character for character in map(chr, range(0x4E00, 0x9FD6)) if character not in trained]


def test_words_of_ones_own_do_not_leak(plain: Segmenter) -> None:
    """Are words given to one segmenter unknown to the next?"""
    assert "三全六治法" in Segmenter(["三全六治法"], fast=False).cut("推行三全六治法")
    assert "三全六治法" not in plain.cut("推行三全六治法")


def test_the_fingerprint_tells_dictionaries_apart_and_not_cutters() -> None:
    """Must an index be made anew for other words, and not when rjieba is installed later?"""
    assert Segmenter(fast=False).fingerprint == Segmenter(fast=True).fingerprint
    assert Segmenter(["三全六治"]).fingerprint != Segmenter().fingerprint


def test_loading_is_quiet_and_leaves_no_file(tmp_path: Path) -> None:
    """Does a first use under ``-W error`` write nothing to stderr, and nothing to the folder for temporary files?"""
    code = (
        "from policykb.segmentation import Segmenter\n"
        "print([Segmenter(fast=fast).words('空巢老人必访') for fast in (False,)])"
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "空巢老人" in done.stdout
    assert list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２Ａ％", "12a%"),
        ("党 建T恤，A：b；\n（C）", "党 建t恤,a:b;\n(c)"),
        ("㎡①ﬁ", "㎡1ﬁ"),
        ("“地区：”", "“地区:”"),
        ("İ", "İ"),
        ("党建", "党建"),
        ("", ""),
    ],
)
def test_folding_keeps_every_character_at_its_place(text: str, folded: str) -> None:
    """Do full-width forms become narrow only where the length stays?"""
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


def test_the_dictionary_is_read_as_jieba_reads_it() -> None:
    """Are the frequencies and their sum those of jieba, beginnings of words among them?"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizer = importlib.import_module("jieba").Tokenizer()
    with tokenizer.get_dict_file() as file:
        text = file.read().decode("utf-8")
    assert read_dictionary(text) == tokenizer.gen_pfdict(tokenizer.get_dict_file())


def test_folding_is_the_same_for_every_character() -> None:
    """Is each character folded for itself, those too that most of a text is made of?"""
    for character in map(chr, range(0x10000)):
        narrow = unicodedata.normalize("NFKC", character).lower()
        assert fold(character) == (narrow if len(narrow) == 1 else character)


def test_names_are_compared_without_quotes_and_blanks() -> None:
    """Is the name in quotes the name without?"""
    assert fold_name("“４５６６６” 社区工作法") == "45666社区工作法"
