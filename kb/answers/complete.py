"""What a search box offers while someone types."""

from __future__ import annotations

from pydantic import Field

from kb.answers.base import Answer, Coded


class Suggestion(Answer):
    """One thing that the sign being typed may become. note: what else to show of it: the name it
    was found by, or the region above it."""

    kind: Coded = Field(description="the field it belongs to: statute, act, region, docket …")
    label: str
    note: str
    text: str = Field(description="its name as it is typed, without field or quotation marks")
    q: str = Field(description="the whole box once it is taken, to be searched as it is")
    count: int = Field(description="published records filed under it, or bearing the number")


class CompletionAnswer(Answer):
    """suggestions: grouped by kind, the best group first; at most ten. query: what was typed."""

    query: str
    suggestions: list[Suggestion]
