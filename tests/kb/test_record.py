"""A record as it is answered to the public."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kb.model import Case, Status
from kb.record import case_answer
from tests.kb.store.build import content

CASE = Case(
    id="k1", revision=1, status=Status.PUBLISHED, content=content(), origin="", url="",
    sha256="0", position=0, created=datetime(2024, 1, 1, tzinfo=UTC),
    changed=datetime(2024, 1, 1, tzinfo=UTC),
)  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "public"),
    [
        ("/home/某人/卷宗/a.html", "a.html"),
        ("C:/Users/某人/a.jsonl#k1", "a.jsonl#k1"),
        ("a.html", "a.html"),
        ("https://a.example/b/c.html", "https://a.example/b/c.html"),
    ],
)
def test_no_folder_of_the_machine_is_told(origin: str, public: str) -> None:
    assert case_answer(replace(CASE, origin=origin)).origin == public
