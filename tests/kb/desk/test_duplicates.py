"""Which texts are taken for one case: own-written copies in other layouts and other words, really
different cases, and the store they are looked for in."""

import itertools
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kb.accounts import Actor, UserRole
from kb.desk.duplicates import How, duplicates
from kb.errors import BadRequest, Forbidden, NotFound
from kb.model import Kind, Status
from kb.store import Repository
from kb.store.alike import Candidate
from tests.kb.desk.conftest import EDITOR, PUBLISHER
from tests.kb.store.build import claim, content, docket, source

GOLDEN = Path(__file__).parents[2] / "golden" / "duplicates" / "pairs.jsonl"
PAIRS = [json.loads(line) for line in GOLDEN.read_text().splitlines()]
EXPECTED = {"layout": {How.LAYOUT}, "excerpt": {How.LAYOUT}, "spun": {How.SPUN}, "different": set()}


def told(text, other, **fields):
    """How one text is another."""
    candidate = Candidate("other", Status.DRAFT, 1, content("乙", other, **fields))
    return {one.how for one in duplicates(content("甲", text, **fields), [candidate])}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_own_written_pairs(pair):
    assert told(pair["text"], pair["copy"]) == EXPECTED[pair["how"]]
    assert told(pair["copy"], pair["text"]) == EXPECTED[pair["how"]]


def test_different_own_written_cases_are_not_confused():
    texts = {pair["id"].partition("-")[0]: pair["text"] for pair in PAIRS}
    texts |= {pair["id"]: pair["copy"] for pair in PAIRS if pair["how"] == "different"}
    assert not any(told(a, b) for a, b in itertools.combinations(texts.values(), 2))


def test_real_cases_of_one_set_are_not_confused(shared_data):
    """Of 1,326 pairs none may be taken for one case; 400 of them are of one set."""
    texts = [file.read_text("utf-8") for file in sorted((shared_data / "cases").rglob("*.md"))]
    pairs = list(itertools.combinations(texts, 2))
    assert len(pairs) > 1_000
    alarms = sum(bool(told(one, other)) for one, other in pairs)
    print(f"false alarms: {alarms} of {len(pairs)}")
    assert alarms == 0


def test_numbers_decide():
    text, other = PAIRS[0]["text"], PAIRS[-1]["copy"]
    one, same = docket("渝中府复〔2024〕85号"), docket("渝中府复〔2024〕86号")
    assert told(text, other, dockets=(one,)) == {How.NUMBER}
    candidate = Candidate("x", Status.DRAFT, 1, content("乙", text + "附。", dockets=(same,)))
    assert duplicates(content("甲", text, dockets=(one,)), [candidate]) == ()
    assert duplicates(content("甲", text), [candidate])[0].how is How.LAYOUT


def test_papers_of_one_model_are_two_unless_nearly_all_is_shared():
    text = PAIRS[0]["text"]
    half = text[: 2 * len(text) // 3] + PAIRS[-1]["text"][: len(text) // 2]
    half = re.sub("元|日", "", half)  # no facts in common but the words
    assert told(text, half) == {How.PART}
    assert told(text, half, kind=Kind.JUDGMENT) == set()


@pytest.fixture
def filed(database):
    """The ids of a published case and of its copy in other words, brought in as a draft."""
    pair = next(pair for pair in PAIRS if pair["id"] == "food-spun")
    store = Repository(database)

    def put(name, text, publish):
        return store.submit(source(name), (content(name, text),), parser="1", publish=publish).added

    [one] = put("甲", pair["text"], True)
    [other] = put("乙", pair["copy"], False)
    put("丙", PAIRS[-1]["copy"], True)
    return one, other


def test_drafts_and_published_are_found_in_the_store(desk, filed):
    one, other = filed
    [found] = desk.duplicates.of(desk.draft(other))
    assert (found.id, found.how) == (one, How.SPUN)
    assert "7 处" in found.said
    assert [twin.id for twin in desk.duplicates.of(desk.draft(one))] == [other]
    assert desk.duplicates.unprepared() == 0


def test_what_is_saved_anew_is_found_as_it_now_is(desk, filed):
    one, other = filed
    desk.duplicates.of(desk.draft(one))
    apart = PAIRS[-2]["copy"]
    desk.save(other, content("乙", apart), EDITOR, 1)
    assert desk.duplicates.of(desk.draft(one)) == ()
    desk.restore(other, 1, EDITOR, 2)
    assert [twin.id for twin in desk.duplicates.of(desk.draft(one))] == [other]
    desk.take(other, "discard", EDITOR, 3, reason="重复")
    assert desk.duplicates.of(desk.draft(one)) == ()


def test_a_pair_said_to_be_two_cases_is_never_asked_again_until_that_is_taken_back(desk, filed):
    one, other = filed
    with pytest.raises(BadRequest, match="为什么"):
        desk.duplicates.set_distinct(other, one, EDITOR, " ")
    with pytest.raises(Forbidden):
        desk.duplicates.set_distinct(other, one, Actor("赵", frozenset({UserRole.ADMIN})), "甲")
    with pytest.raises(NotFound):
        desk.duplicates.set_distinct(other, "nowhere", EDITOR, "甲")
    before = datetime.now(UTC)
    desk.duplicates.set_distinct(other, one, EDITOR, "两家店、两次检查")
    assert desk.duplicates.of(desk.draft(other)) == desk.duplicates.of(desk.draft(one)) == ()
    [said] = desk.duplicates.distinct(one)
    assert (said.other, said.who, said.reason) == (other, "张", "两家店、两次检查")
    assert said.at >= before
    desk.save(other, content("乙", PAIRS[1]["copy"] + "改。"), EDITOR, 1)
    assert desk.duplicates.of(desk.draft(other)) == ()
    desk.duplicates.unset_distinct(one, other, PUBLISHER)
    assert desk.duplicates.of(desk.draft(other))
    entries = [entry for entry in desk.entries() if entry.action == "distinct"]
    assert [entry.who for entry in entries] == ["王", "张"]
    assert desk.verify_audit().broken == ()


@pytest.mark.usefixtures("filed")
def test_a_few_words_are_no_duplicate_of_every_case_they_stand_in(desk, database):
    told = next(pair for pair in PAIRS if pair["id"] == "food-spun")["text"][:30]
    [short] = (
        Repository(database)
        .submit(source("短"), (content("短", told),), parser="1", publish=False)
        .added
    )
    assert desk.duplicates.of(desk.draft(short)) == ()


def test_records_from_before_are_made_findable(desk, database, filed):
    one, other = filed
    with database.write() as connection:
        connection.exec_driver_sql("DELETE FROM sketch")
    assert desk.duplicates.unprepared() == 3
    desk.duplicates.prepare(most=2)
    assert desk.duplicates.unprepared() == 3
    desk.duplicates.prepare()
    assert desk.duplicates.unprepared() == 0
    assert [twin.id for twin in desk.duplicates.of(desk.draft(one))] == [other]


def test_a_number_joins_records_whose_texts_differ(desk, database):
    store = Repository(database)
    number = claim(docket("渝中府复〔2024〕85号").value)
    ids = [
        store.submit(
            source(name), (content(name, text, dockets=(number,)),), parser="1", publish=False
        ).added[0]
        for name, text in (("甲", PAIRS[0]["text"]), ("乙", PAIRS[-1]["copy"]))
    ]
    [found] = desk.duplicates.of(desk.draft(ids[0]))
    assert (found.id, found.how) == (ids[1], How.NUMBER)


def test_behind_many_that_are_known_to_be_others_the_next_is_found(desk, database):
    """A series of thirty; whoever has said of twenty-nine that they are others sees the last."""
    store = Repository(database)
    told = tuple(content(f"案{n}", f"{PAIRS[0]['text']}其{n}。") for n in range(31))
    ids = store.submit(source(), told, parser="1", publish=False).added
    seen = set()
    while found := desk.duplicates.of(desk.draft(ids[0])):
        for one in found:
            desk.duplicates.set_distinct(ids[0], one.id, EDITOR, "另一户")
            seen.add(one.id)
    assert seen == set(ids[1:])
