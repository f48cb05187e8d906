"""A facet's rows become the tree they stand for."""

from kb.answers import Facet, FacetValue
from web.pages.tree import trees


def row(value: str, parent: str = "", *, selected: bool = False) -> FacetValue:
    return FacetValue(value=value, label=value, count=1, selected=selected, parent=parent)


def test_rows_stand_below_their_parents_in_order() -> None:
    rows = [row("川"), row("蓉", "川"), row("温江", "蓉", selected=True), row("渝")]
    tree = trees(Facet(name="region", label="地区", values=rows))
    assert [node.row.value for node in tree.nodes] == ["川", "渝"]
    assert tree.nodes[0].children[0].children[0].row.value == "温江"
    assert tree.nodes[0].held
    assert not tree.nodes[1].held
    assert tree.chosen == 1


def test_a_row_whose_parent_is_missing_or_itself_is_not_lost() -> None:
    rows = [row("温江", "蓉"), row("渝", "渝")]
    nodes = trees(Facet(name="region", label="地区", values=rows)).nodes
    assert [node.row.value for node in nodes] == ["温江", "渝"]
