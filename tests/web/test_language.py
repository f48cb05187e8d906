"""Every Chinese word of the site has its English one, with the same blanks to fill."""

import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from web.language import TRANSLATIONS

WEB = TRANSLATIONS.parent
MESSAGE = {"Message": None}  # what the gates say


@pytest.fixture(scope="module")
def used() -> set[str]:
    keywords = {"gettext": None, "lazy_gettext": None, "_": None, **MESSAGE}
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    found = extract_from_dir(
        str(WEB), methods, {"templates/**.html": {"trimmed": "true"}}, keywords
    )
    said = extract_from_dir(str(WEB.parent / "kb" / "desk"), [("*.py", "python")], keywords=MESSAGE)
    return {words for _, _, words, *_ in (*found, *said) if isinstance(words, str)}


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return {str(entry.id): str(entry.string) for entry in read_po(source) if entry.id}


def test_nothing_is_left_untranslated(used: set[str], english: dict[str, str]) -> None:
    assert len(used) > 100
    assert {words for words in used if not english.get(words)} == set()


def test_nothing_is_translated_that_is_not_said(used: set[str], english: dict[str, str]) -> None:
    assert set(english) - used == set()


def test_blanks_agree(english: dict[str, str]) -> None:
    blanks = re.compile(r"%\((\w+)\)s")
    assert [
        chinese
        for chinese, said in english.items()
        if set(blanks.findall(chinese)) != set(blanks.findall(said))
    ] == []
