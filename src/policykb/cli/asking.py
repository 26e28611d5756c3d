"""Asking a clerk for what a draft still lacks, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from policykb.cli.language import say

if TYPE_CHECKING:
    from policykb.drafting import Profile, Question


def ask_missing(template: str, profile: Profile, data: Mapping[str, Any] | None) -> dict[str, Any]:
    """The answers to all that a draft of ``template`` for ``profile`` lacks; what is left empty is not among them."""
    from policykb.drafting import load_template, questions

    asked = questions(load_template(template), profile, data)
    if asked:
        click.echo(say("还有 {n} 项要填；不清楚的直接回车，文中会标出【待填】。", n=len(asked)), err=True)
    answers = {question.field: question.answer(_ask(question)) for question in asked}
    return {field: answer for field, answer in answers.items() if answer is not None}


def _ask(question: Question) -> str:
    """What was typed for one field, after what there is to know about it."""
    optional = "" if question.required else say("（可不填）")
    click.echo(f"\n{question.label}{optional}", err=True)
    if question.help:
        click.echo(f"  {question.help}", err=True)
    if question.columns:
        click.echo(say("  依次填写，用“|”隔开：{columns}", columns="|".join(question.columns.values())), err=True)
    if question.many:
        click.echo(say("  有多项时用“；”隔开"), err=True)
    if question.example:
        click.echo(say("  例如：{example}", example=question.example), err=True)
    return str(click.prompt("", prompt_suffix="> ", default="", show_default=False, err=True))
