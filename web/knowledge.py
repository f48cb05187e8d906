"""The one knowledge base that the application serves, for the views to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from kb.service import KnowledgeBase


def knowledge() -> KnowledgeBase:
    """The knowledge base given to `create_app`."""
    return cast("KnowledgeBase", current_app.extensions["knowledge"])
