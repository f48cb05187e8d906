"""Days as Chinese pages write them, at their places."""

from datetime import date

from kb.text.dates import any_day, days


def test_full_days_are_read_in_words_and_digits_where_they_stand():
    text = "二〇二四年五月六日受理，２０２４年６月１日决定，2024年13月1日不是日期"
    found = list(days(text))
    assert [day for day, _ in found] == [date(2024, 5, 6), date(2024, 6, 1)]
    assert [span.of(text) for _, span in found] == ["二〇二四年五月六日", "２０２４年６月１日"]


def test_a_line_may_say_its_day_in_digits():
    assert any_day("发布时间：2024-05-06 10:00") == date(2024, 5, 6)
    assert any_day("2024 年 5 月 6 日") == date(2024, 5, 6)
    assert any_day("没有日期") is None
