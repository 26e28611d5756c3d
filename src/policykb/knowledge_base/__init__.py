"""The façade that notebooks and the command line both call."""

from policykb.knowledge_base.adding import AddReport, Remark, Skipped
from policykb.knowledge_base.facade import KnowledgeBase

__all__ = ["AddReport", "KnowledgeBase", "Remark", "Skipped"]
