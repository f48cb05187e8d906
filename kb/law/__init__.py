"""The law inside the cases: statutes, versions, citations, docket numbers, old and new articles."""

from kb.law.resolve import by_statute, cite, label, typed, typed_several

__all__ = ["by_statute", "cite", "label", "typed", "typed_several"]
