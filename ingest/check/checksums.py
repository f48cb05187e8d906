"""Check digits of numbers: citizens' (GB 11643), organisations' (GB 32100), bank cards' (Luhn)."""

from __future__ import annotations

from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# First two digits of GB/T 2260, Hong Kong, Macao and Taiwan and residence permits included.
_PROVINCES = frozenset(
    f"{code}"
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71))
    for code in (*range(first, last + 1), 81, 82, 83, 91)
)


def is_id(number: str) -> bool:
    """A citizen's number of 18 signs: province, a day that was, check digit. Upper case."""
    total = sum(int(d) * w for d, w in zip(number[:17], _ID_WEIGHTS, strict=True))
    return (
        _ID_CHECKS[total % 11] == number[17] and number[:2] in _PROVINCES and _is_day(number[6:14])
    )


def is_old_id(number: str) -> bool:
    """A citizen's number of 15 digits, as issued before 1999; it has no check digit."""
    return number[:2] in _PROVINCES and _is_day("19" + number[6:12])


def is_credit_code(code: str) -> bool:
    """A unified social credit code of 18 signs. Upper case."""
    if any(sign not in _CREDIT_SIGNS for sign in code):
        return False
    values = [_CREDIT_SIGNS.index(sign) for sign in code]
    total = sum(v * w for v, w in zip(values[:17], _CREDIT_WEIGHTS, strict=True))
    return values[17] == -total % 31


def is_card(number: str) -> bool:
    """A number that ends on its Luhn digit."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_day(digits: str) -> bool:
    """YYYYMMDD between 1900 and today."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= day <= date.today()
