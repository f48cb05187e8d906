"""What gates say, as other parts of the desk pass it on."""

import copy
import pickle

import pytest

from kb.desk import Label, Message


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))]
)
def test_a_message_can_be_copied(again):
    inner = Message("缺%(field)s", field=Label("标题"))
    told = Message("文字重合 %(n)s%%：%(what)s", n=40, what=(inner, "余者"))
    copied = again(told)
    assert copied == told == "文字重合 40%：缺标题、余者"
    assert type(copied) is Message
    assert (copied.words, copied.values) == (told.words, told.values)
    assert copied.values["what"][0].values == {"field": "标题"}
