from kb.law.statutes import registry
from kb.statutes.citing import cited_by


def test_each_statute_counts_the_others_that_name_it_once() -> None:
    texts = [
        ("食品安全法", "依照《中华人民共和国行政处罚法》的规定；又依《行政处罚法》。"),
        ("食品安全法", "本条与《行政处罚法》相衔接。"),
        ("行政处罚法", "《行政处罚法》自己不算。"),
        ("土地管理法", "《行政处罚法》与《行政复议法》以及《没有的示例办法》"),
    ]
    assert cited_by(texts, registry()) == {"行政处罚法": 2, "行政复议法": 1}
