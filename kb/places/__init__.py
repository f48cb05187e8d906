"""Regions and when they were: found in a text, placed in the tree, widened to for a search."""

from kb.places.authorities import Authority, authorities
from kb.places.find import Mention, find
from kb.places.gazetteer import (
    Level,
    Place,
    ancestors,
    children,
    former_name,
    label,
    lasted,
    place,
    short_name,
    tree_order,
)
from kb.places.tiles import Tile, tile_of, tiles
from kb.places.widen import Widened, widen

__all__ = [
    "Authority",
    "Level",
    "Mention",
    "Place",
    "Tile",
    "Widened",
    "ancestors",
    "authorities",
    "children",
    "find",
    "former_name",
    "label",
    "lasted",
    "place",
    "short_name",
    "tile_of",
    "tiles",
    "tree_order",
    "widen",
]
