"""Whatever a content says, it says again after the store."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings

from kb.model import CLAIM_FIELDS, Content
from kb.store import Repository, open_database
from kb.store.codec import decode, encode
from tests.kb.store.build import content, source
from tests.kb.store.strategies import contents


@settings(max_examples=60, deadline=None)
@given(contents)
def test_json_gives_back_exactly_what_went_in(said):
    again = decode(encode(said))
    assert again == said
    assert repr(again) == repr(said)  # 30 == 30.0 and True == 1, but they do not look it


@pytest.fixture(scope="module")
def module_store(tmp_path_factory):
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('codec') / 'kb.db'}")
    yield Repository(database)
    database.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contents)
def test_a_case_holds_exactly_the_content_stored(module_store, said):
    before = module_store.published_ids()
    done = module_store.submit(source(str(len(before))), (said,), parser="1", publish=True)
    known = done.added or (done.duplicates[0][0],)
    stored = module_store.case(known[0])
    assert stored.content.text == said.text or done.duplicates
    if done.added:
        assert repr(stored.content) == repr(said)


def test_what_unicode_forbids_is_an_error():
    with pytest.raises(ValueError, match="surrogates"):
        encode(content("坏\udc80"))


def test_every_field_of_claims_is_known_to_the_rows():
    named = {field.name for field in dataclasses.fields(Content) if "Claim[" in str(field.type)}
    assert named == set(CLAIM_FIELDS)
