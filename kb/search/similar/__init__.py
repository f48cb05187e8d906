"""Similar cases (类案): what is like a case or a pasted text in facts, issue and law."""

from kb.search.similar.find import MAX_TEXT, SimilarCases

__all__ = ["MAX_TEXT", "SimilarCases"]
