"""The reviewers' desk: the flow from a draft to a published case, editing, gates, the work there
is."""

from kb.desk.desk import NEUTRAL, Desk
from kb.desk.flow import STAGE_LABELS, STEPS, Rule, Step
from kb.desk.gates import Failure, Gate, Label, Message
from kb.store.desk import Correction, Draft
from kb.store.looks import Look
from kb.store.remarks import Comment, Override, Unfinished
from kb.store.worklist import OPEN, WorkItem, WorkList, WorkQuery

__all__ = [
    "NEUTRAL",
    "OPEN",
    "STAGE_LABELS",
    "STEPS",
    "Comment",
    "Correction",
    "Desk",
    "Draft",
    "Failure",
    "Gate",
    "Label",
    "Look",
    "Message",
    "Override",
    "Rule",
    "Step",
    "Unfinished",
    "WorkItem",
    "WorkList",
    "WorkQuery",
]
