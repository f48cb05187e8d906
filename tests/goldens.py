"""Golden documents: what a reader of a page would write down, beside what the program finds.

A golden file is written by hand. Where one is missing, what the program finds is put beside it as
`.new` and the test fails until someone has read it. {"refused": "…"} says that a page holds no
record and what the refusal must say; else {"cases": [{field: values}]}.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.extract import Options, enrich
from ingest.layout import parse
from ingest.read import read
from kb.errors import BadSource
from kb.model import Content, settled
from kb.text.normalise import fold_text

GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Found:
    """What the program makes of a document: its records, or why it refuses."""

    contents: tuple[Content, ...] = ()
    refused: str = ""


def documents(*folders: str) -> list[Path]:
    """The golden documents of these folders, without their expectations."""
    return sorted(
        path
        for folder in folders
        for path in (GOLDEN / folder).iterdir()
        if path.suffix not in (".json", ".new")
    )


def found(path: Path) -> Found:
    """Reads, lays out and extracts as an ingest does."""
    try:
        document = read(path)
        return Found(tuple(enrich(c, document, Options()) for c in parse(document)))
    except BadSource as bad:
        return Found(refused=bad.reason)


def expected(path: Path) -> dict[str, Any]:
    """The golden file of a document; written as `.new`, and a failure, where there is none."""
    golden = path.with_name(f"{path.name}.json")
    if not golden.exists():
        fresh = golden.with_suffix(".json.new")
        fresh.write_text(json.dumps(described(found(path)), ensure_ascii=False, indent=1) + "\n")
        raise AssertionError(f"no golden file for {path.name}: read {fresh}, correct it, rename it")
    wanted = json.loads(golden.read_text(encoding="utf-8"))
    assert isinstance(wanted, dict)
    return wanted


def described(what: Found) -> dict[str, Any]:
    """In the form of a golden file."""
    if what.refused:
        return {"refused": what.refused}
    cases = [{name: value(content) for name, value in FIELDS.items()} for content in what.contents]
    for case, content in zip(cases, what.contents, strict=True):
        case["sections"] = sections(content)
        case["warnings"] = list(content.warnings)
    return {"cases": cases}


def sections(content: Content) -> list[dict[str, str]]:
    """Role, heading, and the first words below it."""
    return [
        {
            "role": section.role.value,
            "heading": section.heading,
            "starts": bare(section.body.of(content.text))[:12],
        }
        for section in content.sections
    ]


def bare(text: str) -> str:
    return "".join(text.split())


def folded(values: list[str]) -> list[str]:
    """As values are compared: spelling of brackets, width and order aside."""
    return sorted(fold_text(value) for value in values)


def citations(content: Content) -> list[str]:
    """Those that name an article, as work|article|paragraph|item, each once."""
    cited = [
        "|".join(str(part or "") for part in (c.work, c.article, c.paragraph, c.item))
        for c in settled(content.citations)
        if c.article is not None
    ]
    return list(dict.fromkeys(cited))


FIELDS: dict[str, Callable[[Content], Any]] = {
    "kind": lambda content: content.kind.value,
    "title": lambda content: content.title,
    "dockets": lambda content: [docket.normalised for docket in settled(content.dockets)],
    "parties": lambda content: [f"{p.name}|{p.role}" for p in settled(content.parties)],
    "natural": lambda content: list(
        dict.fromkeys(p.name for p in settled(content.parties) if p.natural)
    ),
    "regions": lambda content: [f"{r.name}|{r.role}" for r in settled(content.regions)],
    "decided": lambda content: [str(day) for day in settled(content.decided)],
    "acts": lambda content: list(settled(content.acts)),
    "outcomes": lambda content: list(settled(content.outcomes)),
    "citations": citations,
}
