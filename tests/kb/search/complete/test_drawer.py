"""A drawer finds what a look at every name would find."""

from hypothesis import given
from hypothesis import strategies as st

from kb.search.complete.drawer import Drawer, Entry, Match, Quality, by_name
from kb.text.pinyin import sounds

NAMES = st.text("渝北重庆长区a", min_size=1, max_size=4)
ENTRIES = st.lists(
    st.tuples(st.lists(NAMES, min_size=1, max_size=3), st.integers(0, 3)), max_size=12
).map(
    lambda rows: [
        Entry(str(n), names[0], tuple(names), count) for n, (names, count) in enumerate(rows)
    ]
)


def quality(entry: Entry, typed: str) -> Quality | None:
    """How an entry answers, by looking at each of its names."""
    syllables = [whole for name in entry.names for whole in sounds(name)[0]]
    letters = [some for name in entry.names for some in sounds(name)[1]]
    sound = typed.isascii() and typed.isalpha() and len(typed) > 1
    ways = (
        (Quality.EXACT, typed in entry.names),
        (Quality.PREFIX, any(name.startswith(typed) for name in entry.names)),
        (Quality.INFIX, any(typed in name for name in entry.names)),
        (Quality.SOUND, sound and any(s.startswith(typed) for s in (*syllables, *letters))),
        (Quality.INNER_SOUND, sound and any(typed in some for some in letters)),
    )
    return next((way for way, holds in ways if holds), None)


@given(ENTRIES, st.text("渝北重庆长区abcqyz", min_size=1, max_size=3), st.integers(1, 12))
def test_the_best_are_found(entries: list[Entry], typed: str, most: int) -> None:
    ordered = sorted(entries, key=lambda entry: -entry.count)
    answers = [
        Match(entry, found) for entry in ordered if (found := quality(entry, typed)) is not None
    ]
    best = sorted(answers, key=lambda match: match.rank)
    assert Drawer(entries, by_name).find(typed, most) == best[:most]


def test_the_most_used_go_before_those_that_match_better() -> None:
    drawer = Drawer(
        [Entry("1", "渝北", ("渝北",), 1), Entry("2", "川渝", ("川渝",), 5)],
        by_name,
    )
    assert [match.entry.value for match in drawer.find("渝", 9)] == ["2", "1"]


def test_an_exact_name_goes_first() -> None:
    drawer = Drawer(
        [Entry("1", "渝", ("渝",), 0), Entry("2", "川渝", ("川渝",), 5)],
        by_name,
    )
    assert [match.entry.value for match in drawer.find("渝", 9)] == ["1", "2"]


def test_top_leaves_out_what_is_not_used() -> None:
    drawer = Drawer([Entry("1", "甲", ("甲",), 0), Entry("2", "乙", ("乙",), 5)], by_name)
    assert [match.entry.value for match in drawer.top(9)] == ["2"]
