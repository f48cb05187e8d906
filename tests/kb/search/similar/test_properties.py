"""What holds of every record of the samples, and of any text."""

from itertools import combinations

import pytest

from kb.answers import SimilarAnswer
from kb.service import KnowledgeBase

NEARLY = 10
"""Points of a hundred by which a share may differ from the other side: only the words of the one
who asks are looked for."""


@pytest.fixture(scope="module")
def answers(sample_base: KnowledgeBase) -> dict[str, SimilarAnswer]:
    """What is similar to each record."""
    records = [answer.id for answer in sample_base.published()]
    return {i: sample_base.similar(sample_base.case(i)) for i in records}


def test_most_have_one_and_none_lists_itself(answers: dict[str, SimilarAnswer]) -> None:
    assert sum(bool(answer.similar) for answer in answers.values()) > len(answers) / 2
    for record, answer in answers.items():
        everyone = [one.link.id for one in (*answer.similar, *answer.same, *answer.series)]
        assert record not in everyone
        assert len(everyone) == len(set(everyone))


def test_it_is_nearly_the_same_from_either_side(
    answers: dict[str, SimilarAnswer], sample_base: KnowledgeBase
) -> None:
    cases = [sample_base.case(record) for record in answers]
    for one, other in combinations(cases[::3], 2):
        there, back = sample_base.likeness(one, other), sample_base.likeness(other, one)
        assert abs(there.share - back.share) <= NEARLY


def test_shares_are_percents_and_come_in_order(answers: dict[str, SimilarAnswer]) -> None:
    for answer in answers.values():
        for tier in {one.tier.code for one in answer.similar}:
            shares = [one.share for one in answer.similar if one.tier.code == tier]
            assert shares == sorted(shares, reverse=True)
        for one in answer.similar:
            assert answer.least <= one.share <= 100
            assert all(leg.share is None or 0 <= leg.share <= 100 for leg in one.legs)


def test_the_text_of_a_record_is_known_again_and_finds_what_the_record_finds(
    answers: dict[str, SimilarAnswer], sample_base: KnowledgeBase
) -> None:
    for record in list(answers)[::7]:
        content = sample_base.case(record).content
        found = sample_base.similar_to(f"{content.title}\n{content.text}")
        assert record in [one.link.id for one in found.same]
        assert record not in [one.link.id for one in found.similar]


def test_asked_again_it_says_the_same(
    answers: dict[str, SimilarAnswer], sample_base: KnowledgeBase
) -> None:
    sample_base._similar._state.name = "another"  # what is kept is forgotten
    for record in list(answers)[::7]:
        assert sample_base.similar(sample_base.case(record)) == answers[record]
