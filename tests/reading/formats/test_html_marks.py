"""The head of a page: meta tags, window title and data for search engines, in any state."""

from __future__ import annotations

import json
import time

import pytest
from format_files import real_paragraphs, web_page

from policykb.reading.html import read_html
from policykb.reading.html_marks import head_marks

DATA = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "某市推进党建工作"} | {
    "datePublished": "2019-09-18T06:23:00+08:00",
    "author": {"@type": "Person", "name": "李明"},
}


@pytest.mark.parametrize("data", [DATA, [DATA], {"@graph": [{"@type": "WebSite"}, DATA]}])
def test_what_a_page_says_to_search_engines_becomes_facts(data):
    """Are title, date and author read from JSON-LD, alone, in a list or in a graph?"""
    head = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    page = web_page("某市推进党建工作", real_paragraphs()[:3], head=head)
    facts = {fact.field: fact.value for fact in read_html(page.encode(), "a.html")[0].facts}
    assert facts == {"title": "某市推进党建工作", "published_on": "2019-09-18", "authors": "李明"}


@pytest.mark.parametrize(
    ("page", "meta", "title"),
    [
        ('<?xml version="1.0" encoding="gbk"?>\n<html><head><title>甲</title></head></html>', {}, "甲"),
        ('<META NAME="PubDate" CONTENT=" 2019 "><meta name=pubdate content=2020>', {"pubdate": "2019"}, ""),
        ('<meta property="og:title" content="甲&amp;乙"><meta content="无名">', {"og:title": "甲&乙"}, ""),
        ('<script type="application/ld+json">{"headline": </script><title>乙</title>', {}, "乙"),
        ('<script type="application/ld+json">"只是文字"</script>', {}, ""),
        ("<script><meta name=a content=b></script>", {}, ""),
        ("<", {}, ""),
        ("没有标记", {}, ""),
        ("a\0<meta name=a content='b\0'>", {"a": "b"}, ""),
    ],
)
def test_marks_are_read_as_they_come(page, meta, title):
    """Are odd forms read and broken ones passed over, without a warning?"""
    assert head_marks(page) == (meta, title)


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<title>", "<meta name=a content=b>", "<script>", '<script type="application/ld+json">[', "<svg><title>"],
)
def test_hostile_heads_take_little_time(unit):
    """Does depth or number of elements cost no more than their length?"""
    began = time.perf_counter()
    head_marks(unit * 40_000)
    head_marks(f'<script type="application/ld+json">{"[" * 90_000}</script>')
    assert time.perf_counter() - began < 4
