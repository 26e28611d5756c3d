"""What kind of document a text is, by its title and its form."""

from __future__ import annotations

import re
from typing import NamedTuple

from policykb.resources import data_file
from policykb.terms import DocumentKind

_OPENING = 600
"""A phrase of form counts only so many characters from the beginning of the body."""
_MIN_ARTICLES = 3
_LONGEST_ENDING = 80
_TAIL = re.compile(r"(?:[（(【〔][^（(【〔]{1,20}[）)】〕]|\s|[》”\d]|全文|范文|精选|模板|材料(?=$)|稿(?=$))+$")
_PUBLISHED = frozenset((DocumentKind.NEWS, DocumentKind.ESSAY))
_LAW_ONLY_WITH_ARTICLES = frozenset(("守则", "制度", "章程", "决定", "准则"))


class Evidence(NamedTuple):
    """What the structure of a text says of its kind.

    ``issue``: it is an issue of a bulletin; ``reported``: by a reporter; ``authored``: by an author of his own;
    ``ordered``: it is headed as an order (令); ``published``: a page or a medium brought it; ``formal``: it has the
    form of an official document.
    """

    title: str
    opening: str
    n_articles: int = 0
    issue: bool = False
    reported: bool = False
    authored: bool = False
    ordered: bool = False
    published: bool = False
    formal: bool = False


class _Rule(NamedTuple):
    kind: DocumentKind
    words: tuple[str, ...]


def _rules(place: str) -> tuple[_Rule, ...]:
    lines = data_file("structure_kinds.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(_Rule(DocumentKind(kind), tuple(words.split())) for kind, where, words in rows if where == place)


_TITLE_RULES = _rules("title")
_FORM_RULES = _rules("form")


def kind_of(evidence: Evidence) -> DocumentKind:
    """The kind of a document.

    An issue of a bulletin and a reporter's name decide before the title; then the title's last word, the
    phrases of the opening, an author's name, and at last whether the text was published anywhere.  The title of
    a published text may end in such a word by chance (…收集群众意见) unless it is formal otherwise.
    """
    if evidence.issue:
        return DocumentKind.BULLETIN
    if evidence.ordered and evidence.n_articles < _MIN_ARTICLES:
        return DocumentKind.ORDER
    if evidence.reported:
        return DocumentKind.NEWS
    by_form = _by_words(_FORM_RULES, evidence.opening[:_OPENING], ends=False)
    by_title = _by_title(evidence)
    if evidence.published and not (evidence.formal or by_form):
        by_title = by_title if by_title in _PUBLISHED else None
    if by_title is DocumentKind.ESSAY:
        by_title, by_form = by_form, by_title
    return by_title or by_form or _by_origin(evidence)


def _by_origin(evidence: Evidence) -> DocumentKind:
    if evidence.n_articles >= _MIN_ARTICLES:
        return DocumentKind.LAW
    return DocumentKind.NEWS if evidence.published and not evidence.authored else DocumentKind.ESSAY


def _by_title(evidence: Evidence) -> DocumentKind | None:
    bare = _TAIL.sub("", evidence.title[-_LONGEST_ENDING:])
    has_articles = evidence.n_articles >= _MIN_ARTICLES
    if has_articles and _by_words(_TITLE_RULES, bare, ends=True) is not DocumentKind.NOTICE:
        return DocumentKind.LAW
    for kind, words in _TITLE_RULES:
        for word in words:
            if not bare.endswith(word):
                continue
            if kind is DocumentKind.LAW and word in _LAW_ONLY_WITH_ARTICLES and not has_articles:
                continue
            return kind
    return None


def _by_words(rules: tuple[_Rule, ...], text: str, *, ends: bool) -> DocumentKind | None:
    for kind, words in rules:
        if text.endswith(words) if ends else any(word in text for word in words):
            return kind
    return None
