"""Real cases and statutes: nothing breaks, and hardly anything is missed."""

import re
from pathlib import Path

import pytest

from kb.law import cite
from kb.law.dockets import find
from kb.law.statutes import registry
from kb.model import CitationStatus

# Of a contract or charter none is cited.
ARTICLE = re.compile(
    "(?<!合同)(?<!合同书)(?<!协议)(?<!协议书)(?<!章程)》第[一二三四五六七八九十百零0-9]+条"
)


def texts(folder: Path, every: int = 1) -> list[tuple[Path, str]]:
    return [(path, path.read_text("utf-8")) for path in sorted(folder.rglob("*.md"))[::every]]


@pytest.mark.shared
def test_every_article_behind_a_title_in_the_real_cases_is_cited(shared_data: Path) -> None:
    cases = texts(shared_data / "cases")
    assert len(cases) == 52
    for path, text in cases:
        citations = cite(text)
        covered = {n for c in citations for n in range(c.span.start, c.span.end)}
        missed = [m.group() for m in ARTICLE.finditer(text) if m.start() not in covered]
        assert not missed, path.name
        assert all(c.raw == c.span.of(text) for c in citations)


@pytest.mark.shared
def test_the_named_provision_of_the_wenjiang_case_is_found(shared_data: Path) -> None:
    (path,) = (shared_data / "cases").rglob("成都某商贸*.md")
    text = path.read_text("utf-8")
    labels = {(c.work, c.article) for c in cite(text)}
    assert ("最高人民法院关于审理行政协议案件若干问题的规定", 8) in labels
    assert [d.normalised for _, d in find(text)] == ["温国土资发(2018)366号"]


@pytest.mark.shared
def test_nearly_all_citations_of_the_real_cases_resolve(shared_data: Path) -> None:
    statuses = [c.status for _, text in texts(shared_data / "cases") for c in cite(text)]
    resolved = sum(status is CitationStatus.RESOLVED for status in statuses)
    assert resolved / len(statuses) > 0.85


@pytest.mark.shared
def test_statutes_break_nothing(shared_data: Path) -> None:
    for _, text in texts(shared_data / "laws", every=25):
        assert all(c.raw == c.span.of(text) for c in cite(text))
        assert all(d.raw == span.of(text) for span, d in find(text))


@pytest.mark.shared
def test_days_read_from_closing_articles_agree_with_the_texts(shared_data: Path) -> None:
    """Where a text says 自…起施行 on a day after its own date, the registry has that day."""
    checked = 0
    for path in (shared_data / "laws").rglob("*(*).md"):
        title, _, dated = path.stem.rpartition("(")
        work = registry().work(title)
        if work is None or not work.versions:
            continue
        text = re.sub(r"\s", "", path.read_text("utf-8"))
        closing = re.findall(r"本[法条办规解细][^。，]{0,4}自(\d{4})年(\d+)月(\d+)日起施行", text)
        if not closing:
            continue
        day = "-".join(f"{int(part):02}" for part in closing[-1])
        if day >= dated.rstrip(")"):
            assert day in {v.in_force.isoformat() for v in work.versions}, path.name
            checked += 1
    assert checked > 200
