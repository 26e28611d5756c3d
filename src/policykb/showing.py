"""How a record shows itself in a notebook, without the records knowing about pages.

``Record._repr_html_`` asks ``to_html``; the room ``display``, which stands above, registers a view for each record
when it is loaded.  A record without a view is shown by its plain text.
"""

from __future__ import annotations

from functools import singledispatch


@singledispatch
def to_html(record: object) -> str | None:
    """A piece of HTML that shows ``record``; None where nothing is registered for its type."""
    return None
