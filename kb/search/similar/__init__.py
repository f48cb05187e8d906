"""Similar cases (类案): what is like a case or a pasted text in facts, issue and law."""

from kb.search.similar.find import MAX_TEXT, SimilarCases
from kb.search.similar.twins import Same
from kb.search.similar.weights import LegName, Tier

__all__ = ["MAX_TEXT", "LegName", "Same", "SimilarCases", "Tier"]
