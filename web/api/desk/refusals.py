"""Why a change was refused, with what the caller needs to go on: both versions of a stale one, what
stands against publishing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import Response, request

from kb.answers import Problem
from kb.answers.desk import ClosedProblem, FailureAnswer, StaleProblem, VersionAnswer
from kb.desk import Failure
from kb.errors import Conflict, GatesClosed
from kb.model import CLAIM_FIELDS, Content
from kb.record import field_labels
from web.api.desk.access import blueprint, may_read


class MissingMatch(Exception):
    """A change that does not say of which revision it is."""


def failures(found: Iterable[Failure]) -> list[FailureAnswer]:
    return [
        FailureAnswer(
            gate=one.gate,
            key=one.key,
            message=one.message,
            field=one.field,
            start=one.span.start if one.span else None,
            end=one.span.end if one.span else None,
        )
        for one in found
    ]


def problem(said: Problem) -> Response:
    """A problem as it is answered (RFC 9457)."""
    body = said.model_dump_json(exclude_none=False)
    return Response(body, status=said.status, mimetype="application/problem+json")


@blueprint.errorhandler(MissingMatch)
def _missing(_: MissingMatch) -> Response:
    detail = '请用 If-Match 写明所依据的修订号，如 If-Match: "3"（取自 GET 的 ETag）'
    return problem(Problem(title="须写明修订号", status=428, detail=detail, instance=request.path))


@blueprint.errorhandler(Conflict)
def _stale(error: Conflict) -> Response:
    said = problem(
        StaleProblem(
            title="修订号已过时",
            status=412,
            detail=str(error),
            instance=request.path,
            revision=error.current,
            mine=_version(error.mine),
            # Whoever only takes a step need not see the text.
            theirs=_version(error.theirs) if error.mine else None,
        )
    )
    said.set_etag(str(error.current))
    return said


@blueprint.errorhandler(GatesClosed)
def _closed(error: GatesClosed) -> Response:
    found, detail = failures(error.failures), str(error)
    if not may_read():  # what stands open in a draft is for those who may see it
        found = [replace(one, message="", start=None, end=None) for one in found]
        detail = f"还有 {len(found)} 项未通过，不能发布；各项内容须有 read 范围才能看到"
    return problem(
        ClosedProblem(
            title="还不能发布",
            status=409,
            detail=detail,
            instance=request.path,
            failures=found,
        )
    )


def _version(content: Content | None) -> VersionAnswer | None:
    if content is None:
        return None
    return VersionAnswer(
        title=content.title,
        subtitle=content.subtitle,
        text=content.text,
        fields={field: field_labels(content, field) for field in CLAIM_FIELDS},
    )
