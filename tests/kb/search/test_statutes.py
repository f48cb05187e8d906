"""An article as a document of the index."""

from datetime import date

from kb.law.provisions import Pinpoint, parse_address
from kb.law.statutes import WorkKind
from kb.search.request import FacetName
from kb.search.statutes import CURRENT, SUPERSEDED, Shelf, version_documents
from tests.kb.statutes.build import articles

DAY = date(2022, 7, 1)


def documents(texts, preamble="", **given):
    shelf = Shelf(given.pop("work", "示例河道管理条例"), DAY, given.pop("newest", True), **given)
    return list(version_documents(shelf, articles(texts), preamble))


def test_an_article_is_found_by_its_address_and_filed_like_what_cites_it():
    [document] = documents({"4之1": "在河道内洗车的，处五百元罚款。"})
    asked = parse_address(document.id)
    assert (asked.work, asked.version, asked.at) == ("示例河道管理条例", DAY, Pinpoint("4之1"))
    assert document.filed[FacetName.STATUTE] == ("示例河道管理条例", "示例河道管理条例第4条之1")
    assert document.filed[FacetName.YEAR] == ("2022",)
    assert document.day == DAY.toordinal()
    assert "罚款" in document.words["body"]
    assert {"河道", "第4条之1"} <= set(document.words["title"])
    assert document.texts == ("示例河道管理条例第四条之一", "在河道内洗车的,处五百元罚款。")


def test_older_versions_are_filed_apart():
    [new], [old] = documents({1: "甲"}), documents({1: "甲"}, newest=False)
    assert (new.filed[FacetName.KIND], old.filed[FacetName.KIND]) == ((CURRENT,), (SUPERSEDED,))


def test_a_local_statute_is_filed_under_its_place():
    [local] = documents({1: "甲"}, work="重庆市示例条例", kind=WorkKind.LOCAL_REGULATION)
    [national] = documents({1: "甲"}, work="重庆示例办法", kind=WorkKind.LAW)
    assert local.filed[FacetName.REGION] == ("500000",)
    assert national.filed[FacetName.REGION] == ()


def test_a_statute_without_articles_is_one_document():
    [document] = documents({}, "关于示例问题的答复如下。")
    assert document.id == "示例河道管理条例@2022-07-01"
    assert document.filed[FacetName.STATUTE] == ("示例河道管理条例",)
    assert "答复" in document.words["body"]
