"""Closed vocabularies, each term with its Chinese label (``.zh``)."""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A word of a closed vocabulary: its value is the identifier in JSON, ``zh`` is what a clerk reads."""

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Term:
        """Make the member ``value`` and give it its label; looking a member up by its value takes no label."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.zh = zh
        return term


class DocumentKind(Term):
    """What a text is: the fifteen official kinds (公文种类), and what else is published."""

    NEWS = "news", "新闻"
    ESSAY = "essay", "文章"
    LAW = "law", "法律法规"
    PLAN = "plan", "方案"
    SUMMARY = "summary", "总结"
    RESOLUTION = "resolution", "决议"
    DECISION = "decision", "决定"
    ORDER = "order", "命令"
    COMMUNIQUE = "communique", "公报"
    ANNOUNCEMENT = "announcement", "公告"
    PUBLIC_NOTICE = "public_notice", "通告"
    OPINION = "opinion", "意见"
    NOTICE = "notice", "通知"
    BULLETIN = "bulletin", "通报（简报）"
    REPORT = "report", "报告"
    REQUEST = "request", "请示"
    REPLY = "reply", "批复"
    PROPOSAL = "proposal", "议案"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"


class PracticeKind(Term):
    """What kind of thing a named practice is."""

    WORK_METHOD = "work_method", "工作法"
    MECHANISM = "mechanism", "机制"
    MODEL = "model", "模式"
    PROJECT = "project", "工程"
    CAMPAIGN = "campaign", "行动（活动）"
    SYSTEM = "system", "制度（体系）"
    ORGANIZATION = "organization", "组织设置"
    CHECKLIST = "checklist", "清单"
    BRAND = "brand", "品牌（载体）"
    TARGET = "target", "目标"
    PLATFORM = "platform", "平台（阵地）"


class IndicatorKind(Term):
    """What a figure is said for."""

    ACHIEVEMENT = "achievement", "成效"
    TARGET = "target", "目标"
    REQUIREMENT = "requirement", "要求"
    THRESHOLD = "threshold", "门槛"
    FREQUENCY = "frequency", "频次"


class AdminLevel(Term):
    """Level of a division or of an authority.  Compare with ``is`` or ``in``, never with ``<``."""

    CENTRAL = "central", "国家级"
    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市（地）级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"
    VILLAGE = "village", "村（社区）级"


class RepairKind(Term):
    """What was done to the raw text."""

    BYTE_SHIFT = "byte_shift", "错位字节还原"
    PINYIN = "pinyin", "删去拼音注记"
    SCRIPT = "script", "繁体转简体"
    GLYPH = "glyph", "讹字改正"
    LOST = "lost", "缺字标记"
    PUNCTUATION = "punctuation", "标点全角化"
    INVISIBLE = "invisible", "删去不可见字符"
    MARKUP = "markup", "删去残留标记"
    JUNK = "junk", "删去页面杂质"


class ResidueKind(Term):
    """What a draft may still hold that is not the target's own."""

    LOCALITY = "locality", "他地地名"
    DATED_REFERENCE = "dated_reference", "过时提法"
    LEVEL_WORD = "level_word", "层级用语"
    NUMBER = "number", "无出处数字"


class SearchUnit(Term):
    """What a search returns."""

    PASSAGE = "passage", "段落"
    DOCUMENT = "document", "文件"
    PRACTICE = "practice", "做法"
