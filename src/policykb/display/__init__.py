"""How records look in a notebook, as data frames and as pictures.

Loading this package registers the views, so that any record shows itself; nobody needs to call anything.
"""

from policykb.display.drafts import Borrowed, Doubt, draft_view
from policykb.display.entries import entry_view
from policykb.display.frames import Row, component_cells
from policykb.display.lists import Documents, Hits, Indicators, Listing, Practices
from policykb.display.plots import plot_indicators, plot_parts, plot_practices, plot_timeline
from policykb.display.records import components_line

__all__ = [
    "Borrowed",
    "Documents",
    "Doubt",
    "Hits",
    "Indicators",
    "Listing",
    "Practices",
    "Row",
    "component_cells",
    "components_line",
    "draft_view",
    "entry_view",
    "plot_indicators",
    "plot_parts",
    "plot_practices",
    "plot_timeline",
]
