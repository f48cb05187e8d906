"""The law inside the cases: statutes, versions, citations, docket numbers, old and new articles."""

from kb.law.resolve import cite, label, typed, typed_several

__all__ = ["cite", "label", "typed", "typed_several"]
