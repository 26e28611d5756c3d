"""Cleaning: ``Source`` → ``CleanText``, by named steps that log each repair and keep the way back to the raw text."""

from policykb.cleaning.pipeline import STEPS, clean

__all__ = ["STEPS", "clean"]
