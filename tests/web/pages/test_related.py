"""The records of one dispute on each other's pages, read from papers as they are published."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.answers import RelatedAnswer
from kb.service import KnowledgeBase
from tests.conftest import filled
from web.app import create_app
from web.settings import OFF, Settings

REVIEW = """某某区人民政府
行政复议决定书
某某府复〔2024〕412号
申请人：某超市（示例）。
被申请人：某某区市场监督管理局。
申请人不服被申请人作出的某某市监处罚〔2024〕12号行政处罚决定，申请行政复议，本机关依法已予受理，现已审理终结。
本机关查明：申请人销售过期食品三袋。
本机关认为，被申请人作出的处罚决定认定事实清楚，程序合法。
依照《中华人民共和国行政复议法》第六十八条的规定，本机关决定：维持某某市监处罚〔2024〕12号行政处罚决定。
2024年5月6日
"""
FIRST = """重庆市渝北区人民法院
行政判决书
（2024）渝0112行初31号
原告：某超市（示例）。
被告：某某区市场监督管理局。
原告某超市不服某某府复〔2024〕412号行政复议决定，向本院提起行政诉讼。本院受理后，依法组成合议庭，现已审理终结。
本院认为，被告作出的处罚决定并无不当。依照《中华人民共和国行政诉讼法》第六十九条的规定，判决如下：
驳回原告某超市的诉讼请求。
二〇二四年九月二日
"""
SECOND = """重庆市第一中级人民法院
行政判决书
（2024）渝01行终354号
上诉人（原审原告）：某超市（示例）。
被上诉人（原审被告）：某某区市场监督管理局。
上诉人某超市因行政处罚一案，不服重庆市渝北区人民法院（2024）渝0112行初31号行政判决，向本院提起上诉。本院依法组成合议庭审理了本案，现已审理终结。
本院认为，一审判决认定事实清楚，适用法律正确。依照《中华人民共和国行政诉讼法》第八十九条第一款第一项的规定，判决如下：
驳回上诉，维持原判。
二〇二四年十二月三日
"""


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder: Path = tmp_path_factory.mktemp("papers")
    for name, text in (("a", REVIEW), ("b", FIRST), ("c", SECOND)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return filled(tmp_path_factory.mktemp("kb"), folder)


@pytest.fixture(scope="module")
def client(disputed: KnowledgeBase) -> FlaskClient:
    return create_app(disputed, settings=Settings(rate_limit=OFF)).test_client()


@pytest.fixture(scope="module")
def ids(disputed: KnowledgeBase) -> dict[str, str]:
    """Ids by the number of the paper."""
    return {answer.dockets[0]["raw"]: answer.id for answer in disputed.published()}


def shown(client: FlaskClient, identity: str) -> list[tuple[str, str]]:
    """Stage and id of each record that a page leads to, in order."""
    html = client.get(f"/cases/{identity}").get_data(as_text=True)
    card = html.split('id="related"')[1].split("</section>")[0]
    return re.findall(r'class="stage">([^<]+)</span>\s*<a lang="zh-CN" href="/cases/(\w+)"', card)


def test_each_paper_leads_to_the_others_in_order(client: FlaskClient, ids: dict[str, str]) -> None:
    review, first, second = (
        ids["某某府复〔2024〕412号"],
        ids["（2024）渝0112行初31号"],
        ids["（2024）渝01行终354号"],
    )
    assert shown(client, review) == [("一审", first), ("二审", second)]
    assert shown(client, first) == [("行政复议", review), ("二审", second)]
    assert shown(client, second) == [("行政复议", review), ("一审", first)]


def test_the_number_and_what_joins_them_are_told(client: FlaskClient, ids: dict[str, str]) -> None:
    html = client.get(f"/cases/{ids['（2024）渝01行终354号']}").get_data(as_text=True)
    card = re.sub(r"<[^>]+>|\s", "", html.split('id="related"')[1].split("</section>")[0])
    assert "（2024）渝0112行初31号·本件提到它的案号·2024年9月2日" in card
    assert "某某府复〔2024〕412号·经前后程序相连·2024年5月6日" in card
    assert '<a href="#related">相关程序</a>' in html


def test_the_interface_tells_them_too(client: FlaskClient, ids: dict[str, str]) -> None:
    answer = client.get(f"/api/v1/cases/{ids['（2024）渝0112行初31号']}/related")
    found = RelatedAnswer.model_validate_json(answer.data).related
    assert [(other.stage.code, other.link.id) for other in found] == [
        ("review", ids["某某府复〔2024〕412号"]),
        ("second", ids["（2024）渝01行终354号"]),
    ]


def test_a_record_of_its_own_has_no_such_card(base: KnowledgeBase) -> None:
    alone = create_app(base, settings=Settings(rate_limit=OFF)).test_client()
    for answer in base.published():
        assert "相关程序" not in alone.get(f"/cases/{answer.id}").get_data(as_text=True)
