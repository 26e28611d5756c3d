"""Drafting: a profile of a place, a template and practices become a draft that is traced and invents nothing."""

from policykb.drafting.composing import compose
from policykb.drafting.draft import Draft, Residue, SourceQuote
from policykb.drafting.origin import PracticeSource
from policykb.drafting.profile import Profile
from policykb.drafting.profile_file import load_profile, parse_profile, update_profile
from policykb.drafting.rendering import MissingField
from policykb.drafting.template import Template, TemplateField, list_templates, load_template

__all__ = [
    "Draft",
    "MissingField",
    "PracticeSource",
    "Profile",
    "Residue",
    "SourceQuote",
    "Template",
    "TemplateField",
    "compose",
    "list_templates",
    "load_profile",
    "load_template",
    "parse_profile",
    "update_profile",
]
