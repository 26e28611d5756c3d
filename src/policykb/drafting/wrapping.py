"""A plan or a summary inside the notice that issues it, or the report that submits it.

方案 and 总结 are none of the fifteen official kinds (条例, art. 8): they travel as an attachment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from policykb.blocks import Block, BlockKind, Run
from policykb.drafting.composing import compose
from policykb.drafting.draft import Draft
from policykb.drafting.profile import Profile
from policykb.drafting.rendering import MissingField
from policykb.drafting.template import load_template
from policykb.errors import TemplateError

WRAPPERS = MappingProxyType({"notice": "notice_of_issue", "report": "report_of_submission"})
"""What a draft can be wrapped in, and the template of each."""

_OUTSIDE = frozenset({BlockKind.ADDRESSEE, BlockKind.SIGNATURE, BlockKind.DATE, BlockKind.NOTE})


def wrap(draft: Draft, profile: Profile, wrapper: str = "notice") -> Draft:
    """The document that issues (``notice``) or submits (``report``) ``draft``, with it as the attachment.

    What the draft says of addressee, signature and date is left to the outer document.  Missing, residue and
    sources of both are kept.  Raises ``TemplateError`` for another wrapper.
    """
    if wrapper not in WRAPPERS:
        raise TemplateError("不能套成“{wrapper}”，可选 {known}", wrapper=wrapper, known="、".join(WRAPPERS))
    others = dict(profile.others) | ({"wrapped_title": draft.title} if draft.title else {})
    outer = compose(load_template(WRAPPERS[wrapper]), profile.model_copy(update={"others": others}))
    inside = [block for block in draft.blocks if block.kind not in _OUTSIDE]
    turn = inside[:1] if inside and inside[0].kind is BlockKind.LANDSCAPE else []
    label = Block(kind=BlockKind.ATTACHMENT, runs=(Run(text="附件"),))
    residue = (*outer.residue, *draft.residue)
    return outer.model_copy(
        update={
            "template": draft.template,
            "blocks": (*outer.blocks, *turn, label, *inside[len(turn) :]),
            "choices": draft.choices,
            "missing": tuple(_still_shown(dict.fromkeys((*outer.missing, *draft.missing)), outer, inside)),
            "residue": tuple(dict.fromkeys(residue)),
            "sources": draft.sources,
        }
    )


def _still_shown(missing: Iterable[MissingField], outer: Draft, inside: Sequence[Block]) -> Iterator[MissingField]:
    """All that is missing in either; what only the dropped lines asked for is asked for no more."""
    shown = "".join(run.text for block in inside for runs in block.stretches for run in runs)
    for each in missing:
        is_figure = each.field.startswith(("figures.", "sections."))
        if each in outer.missing or is_figure or f"【待填：{each.label}】" in shown:
            yield each
