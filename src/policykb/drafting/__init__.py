"""Drafting: a profile of a place, a template and practices become a draft that is traced and invents nothing."""

from policykb.drafting.charts import add_score_chart
from policykb.drafting.checking import CheckReport, check_file
from policykb.drafting.composing import compose
from policykb.drafting.draft import Draft, Residue, SourceQuote
from policykb.drafting.duplication import Overlap, duplication
from policykb.drafting.locality import locality_profile_skeleton, profiles_from_table
from policykb.drafting.origin import PracticeSource
from policykb.drafting.own_word import WordDraft, fill_word_template
from policykb.drafting.profile import Profile
from policykb.drafting.profile_file import load_profile, parse_profile, update_profile
from policykb.drafting.questions import Question, questions, read_settings
from policykb.drafting.rendering import MissingField
from policykb.drafting.scores import Score, load_scores, score_data
from policykb.drafting.template import Template, TemplateField, list_templates, load_template
from policykb.drafting.wrapping import WRAPPERS, wrap

__all__ = [
    "WRAPPERS",
    "CheckReport",
    "Draft",
    "MissingField",
    "Overlap",
    "PracticeSource",
    "Profile",
    "Question",
    "Residue",
    "Score",
    "SourceQuote",
    "Template",
    "TemplateField",
    "WordDraft",
    "add_score_chart",
    "check_file",
    "compose",
    "duplication",
    "fill_word_template",
    "list_templates",
    "load_profile",
    "load_scores",
    "load_template",
    "locality_profile_skeleton",
    "parse_profile",
    "profiles_from_table",
    "questions",
    "read_settings",
    "score_data",
    "update_profile",
    "wrap",
]
