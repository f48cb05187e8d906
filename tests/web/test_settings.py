"""Settings of the site are read from the environment, or refused with what was expected."""

import pytest

from web.settings import OFF, BadSetting, Settings


def test_without_a_word_the_defaults_hold() -> None:
    assert Settings.from_environment({}) == Settings("1200/minute", 0)


@pytest.mark.parametrize("word", ["off", "OFF", "0", "none"])
def test_the_limit_can_be_off(word: str) -> None:
    assert Settings.from_environment({"KB_RATE_LIMIT": word}).rate_limit == OFF


@pytest.mark.parametrize(
    ("name", "value"),
    [("KB_RATE_LIMIT", "many"), ("KB_TRUSTED_PROXIES", "-1"), ("KB_TRUSTED_PROXIES", "一")],
)
def test_nonsense_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Settings.from_environment({name: value})
