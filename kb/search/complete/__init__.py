"""Completion as one types: what the unfinished sign of a search box may become."""

from kb.search.complete.completer import MAX_TYPED, Completer

__all__ = ["MAX_TYPED", "Completer"]
