"""Similar cases: each with its shares on the three legs, and those that are the same case."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from kb.answers.base import Answer, CaseLink, Coded, RegionAnswer


class LegAnswer(Answer):
    """One of the three legs: facts (基本事实), issue (争议焦点), law (法律适用)."""

    code: str
    label: str
    share: int | None = Field(description="how alike, 0 to 100; null where it cannot be judged")
    weight: int = Field(description="of the leg in the whole, 0 to 100; 0 where it is not judged")
    shared: list[str] = Field(description="what both have: words, issues and acts, provisions")
    near: list[str] = Field(description="what is alike only")
    note: str = Field(description="why it cannot be judged, else empty")


class SimilarCase(Answer):
    """A similar case. share: the mean of the legs that can be judged, by their weights, 0 to 100.
    also: records that are the same case again, or of one series with it, and so not listed."""

    link: CaseLink
    path: str = Field(description="the page of this record on the site")
    subtitle: str
    kind: Coded
    tier: Coded = Field(description="guiding, typical, reference or other")
    share: int
    legs: list[LegAnswer]
    regions: list[RegionAnswer]
    outcomes: list[Coded]
    batch: str
    decided: date | None
    published: date | None
    also: list[SameCase]


class SameCase(Answer):
    """A record that is no other case: dispute (同一案件), duplicate (重复发布); or of one series:
    series (同批类似案件). why: the number they share, or how much of the text is the same."""

    link: CaseLink
    path: str
    kind: Coded
    how: Coded
    why: str
    decided: date | None
    published: date | None


class Understanding(Answer):
    """What was read of a case or text before it was compared. words: those of its facts that tell
    most in this base."""

    words: list[str]
    acts: list[Coded]
    issues: list[Coded]
    statutes: list[str]
    dockets: list[str]


class SimilarAnswer(Answer):
    """The cases similar to a case or text, by tier of authority and in each by share; empty where
    none reaches the least share. same, series: not among them. compared: how many were read."""

    read: Understanding
    similar: list[SimilarCase]
    same: list[SameCase]
    series: list[SameCase]
    least: int
    compared: int
