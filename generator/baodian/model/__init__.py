"""The shapes of a playbook: entities made of typed fields."""

from baodian.model.coverage import Reason
from baodian.model.customers import Class, ClassGuide, Example, Scheme
from baodian.model.entity import SETTERS, Entity, Kept, Line, Record
from baodian.model.given import (
    EntitlementMatrix,
    Measure,
    MeasureGroup,
    Rhythm,
    TextMatrix,
    Transition,
)
from baodian.model.methods import Guide, Table
from baodian.model.paths import Path
from baodian.model.plans import Allocation, Calendar, Timetable
from baodian.model.records import (
    Added,
    Altered,
    Altering,
    Change,
    Channel,
    Decision,
    Escalation,
    Fact,
    Layer,
    Overlay,
    Param,
    Role,
    SlotRecord,
    Source,
    Term,
)
from baodian.model.settings import Settings
from baodian.model.talk import Answer, Case, Checklist, Moment, Script, Variant

Matrix = EntitlementMatrix | TextMatrix
Plan = Allocation | Timetable | Calendar

__all__ = [
    "SETTERS",
    "Added",
    "Allocation",
    "Altered",
    "Altering",
    "Answer",
    "Calendar",
    "Case",
    "Change",
    "Channel",
    "Checklist",
    "Class",
    "ClassGuide",
    "Decision",
    "EntitlementMatrix",
    "Entity",
    "Escalation",
    "Example",
    "Fact",
    "Guide",
    "Kept",
    "Layer",
    "Line",
    "Matrix",
    "Measure",
    "MeasureGroup",
    "Moment",
    "Overlay",
    "Param",
    "Path",
    "Plan",
    "Reason",
    "Record",
    "Rhythm",
    "Role",
    "Scheme",
    "Script",
    "Settings",
    "SlotRecord",
    "Source",
    "Table",
    "Term",
    "TextMatrix",
    "Timetable",
    "Transition",
    "Variant",
]  # fmt: skip
