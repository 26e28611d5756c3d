"""Places: the names of China's divisions in a text, their levels, codes and full names."""

from policykb.places.divisions import Division
from policykb.places.gazetteer import Gazetteer, PlaceMention
from policykb.places.names import NameIndex

__all__ = ["Division", "Gazetteer", "NameIndex", "PlaceMention"]
