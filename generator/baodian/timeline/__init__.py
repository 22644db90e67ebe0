"""What came to mean something else, on which day: by the changes in force, and by git's history.

The folders of a project and an edition of it come in, a `Timeline` of plain values goes out. All of
it is found by `meaning.diff`; what is known of the past is kept in `.baodian-cache/`.
"""

from baodian.timeline.event import NOTHING, Event, Piece, Skipped, Timeline
from baodian.timeline.made import timeline

__all__ = ["NOTHING", "Event", "Piece", "Skipped", "Timeline", "timeline"]
