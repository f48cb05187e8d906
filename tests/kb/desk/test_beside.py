"""From one draft of a list to the next, while the list changes under the hand."""

from kb.desk import WorkQuery
from kb.model import Status
from tests.kb.desk.conftest import EDITOR
from tests.kb.store.build import content, source


def walk(desk, query, start, at):
    """The records one comes by going on from one, each edited and sent on before the next."""
    here = start
    while here is not None:
        yield here
        draft = desk.draft(here)
        edited = draft.content.with_fields(title=f"{draft.content.title}改")
        desk.save(here, edited, EDITOR, draft.revision)
        desk.take(here, "submit", EDITOR, draft.revision + 1)
        _, after = desk.beside(query, here, at)
        here, at = (after.id, after.worked) if after else (None, None)


def test_each_is_met_once_though_edited_ones_go_to_the_top(store, desk):
    for name in "ab":
        both = (content(f"甲{name}"), content(f"乙{name}"))
        store.submit(source(name), both, parser="1", publish=False)
    query = WorkQuery(stages=(Status.DRAFT,))
    items = desk.work(query).items
    met = list(walk(desk, query, items[0].id, items[0].worked))
    assert met == [item.id for item in items]


def test_the_way_back_is_the_way_there(store, desk):
    store.submit(source(), tuple(content(n) for n in "甲乙丙"), parser="1", publish=False)
    query = WorkQuery()
    first, second, third = (item.id for item in desk.work(query).items)
    before, after = desk.beside(query, second)
    assert (before.id, after.id) == (first, third)
    assert desk.beside(query, first)[0] is None
    assert desk.beside(query, third)[1] is None
    assert desk.beside(WorkQuery(words="丁"), second) == (None, None)
    assert desk.beside(query, "nowhere") == (None, None)
