"""Check digits."""

from __future__ import annotations

import pytest

from ingest.check.checksums import is_card, is_credit_code, is_id, is_old_id


def with_check(body: str) -> str:
    """A citizen's number from its first 17 digits, by the definition: weights are powers of 2."""
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


@pytest.mark.parametrize("body", ["51010419850314122", "50011219000228000", "11010520240229999"])
def test_a_true_number_is_one_and_any_other_last_sign_is_not(body: str) -> None:
    number = with_check(body)
    assert is_id(number)
    assert not any(is_id(body + sign) for sign in "0123456789X" if sign != number[-1])


@pytest.mark.parametrize("body", ["51010419850230122", "51010418991231122", "99010419850314122"])
def test_days_that_never_were_and_unknown_provinces_make_none(body: str) -> None:
    assert not is_id(with_check(body))


def test_numbers_of_fifteen_digits_need_a_day() -> None:
    assert is_old_id("510212690415123")
    assert not is_old_id("510212691315123")


def test_credit_codes_and_cards() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("91350100I000100Y43")  # I is no sign of it
    assert is_card("4111111111111111")
    assert not is_card("4111111111111112")
