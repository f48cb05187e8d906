"""GET /api/v1/openapi.json: the interface described in OpenAPI 3.1, from the models that answer."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, current_app
from pydantic.json_schema import models_json_schema

from kb.answers import (
    CaseAnswer,
    CitationsAnswer,
    CompletionAnswer,
    Problem,
    RelatedAnswer,
    SearchAnswer,
    SimilarAnswer,
    StatuteAnswer,
)
from kb.search.complete import MAX_TYPED
from kb.search.request import MAX_QUERY, MAX_SIZE, MAX_WITHIN, FacetName, Sort
from kb.search.similar import MAX_TEXT as MAX_SIMILAR
from web.api.citations import MAX_TEXT
from web.api.desk import described as desk
from web.api.respond import no_parameters

blueprint = Blueprint("api_openapi", __name__)

_FILTERS = {
    FacetName.REGION: "地区：六位行政区划代码；上级代码包括其下级",
    FacetName.AUTHORITY_REGION: "机关或法院所在地区",
    FacetName.PARTY_REGION: "当事人所在地区",
    FacetName.AUTHORITY: "机关或法院的名称，简称亦可",
    FacetName.ACT: "行政行为代码",
    FacetName.ISSUE: "争议焦点代码",
    FacetName.OUTCOME: "处理结果代码",
    FacetName.STATUTE: "法律法规或条款",
    FacetName.KIND: "文书种类代码",
    FacetName.PUBLISHER: "发布机关，名称的一部分亦可",
    FacetName.BATCH: "批次，名称的一部分亦可",
    FacetName.YEAR: "年份",
}
_ERRORS = {
    "400": "参数有误；parameter 指出是哪一个",
    "404": "没有这件案例，或没有这部法规、版本、条文",
    "410": "案例已撤回，detail 说明理由",
    "413": "内容过长",
    "415": "内容不是 application/json",
    "429": "请求过于频繁；Retry-After 给出应等待的秒数",
    "503": "索引暂不可用",
}


@blueprint.get("/openapi.json")
def openapi() -> Response:
    no_parameters()
    response = Response(current_app.json.dumps(description()), mimetype="application/json")
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    return response


@cache
def description() -> dict[str, Any]:
    """The whole document."""
    _, schemas = models_json_schema(
        [
            (model, "serialization")
            for model in (
                SearchAnswer,
                CompletionAnswer,
                CaseAnswer,
                RelatedAnswer,
                SimilarAnswer,
                StatuteAnswer,
                CitationsAnswer,
                Problem,
                *desk.MODELS,
            )
        ],
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "川渝行政复议案例库 接口",
            "version": version("chuanyu-casebase"),
            "description": "检索部分公开，只查不改；/api/v1/desk 是审核台，须有令牌。"
            "检索语言与网站相同；偏移量以 Unicode 码点计，左闭右开",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/search": {"get": _search()},
            "/api/v1/complete": {"get": _complete()},
            "/api/v1/cases/{id}": {"get": _case()},
            "/api/v1/cases/{id}/related": {"get": _related()},
            "/api/v1/cases/{id}/similar": {"get": _similar_of()},
            "/api/v1/similar": {"post": _similar_to()},
            "/api/v1/statutes/{address}": {"get": _statute()},
            "/api/v1/citations": {"post": _citations()},
            **desk.paths(),
        },
        "components": {
            "schemas": schemas["$defs"],
            "responses": {
                f"Problem{status}": _problem(status, meaning)
                for status, meaning in {**_ERRORS, **desk.ERRORS}.items()
            },
            "securitySchemes": desk.SCHEMES,
        },
    }


def _search() -> dict[str, Any]:
    parameters = [
        _parameter("q", "检索内容，见网站的检索说明", {"type": "string", "maxLength": MAX_QUERY}),
        _parameter(
            "within",
            f"在 q 的结果中再找这些词，写法与 q 相同；可重复，至多 {MAX_WITHIN} 个，都须满足",
            {"type": "array", "items": {"type": "string", "maxLength": MAX_QUERY}},
        ),
        *(
            _parameter(
                name,
                f"{meaning}；可重复，各值之间为“或”",
                {"type": "array", "items": {"type": "string"}},
            )
            for name, meaning in _FILTERS.items()
        ),
        _parameter(
            "sort", "排序", {"type": "string", "enum": list(Sort), "default": Sort.RELEVANCE}
        ),
        _parameter(
            "synonyms",
            "是否也找同义词",
            {"type": "string", "enum": ["on", "off"], "default": "on"},
        ),
        _parameter("page", "页码，从 1 起", {"type": "integer", "minimum": 1, "default": 1}),
        _parameter(
            "size",
            "每页件数",
            {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": 10},
        ),
        _parameter("cursor", "上次答复给出的游标，优先于 page；其内容不应解读", {"type": "string"}),
    ]
    return {
        "operationId": "search",
        "summary": "检索案例",
        "parameters": parameters,
        "responses": {
            "200": _ok("SearchAnswer", "命中的案例、分面与检索的读法", linked=True),
            **_unchanged(),
            **_refusals("400", "429", "503"),
        },
    }


def _complete() -> dict[str, Any]:
    typed = {"type": "string", "maxLength": MAX_TYPED}
    return {
        "operationId": "complete",
        "summary": "补全正在输入的检索内容",
        "parameters": [_parameter("q", "检索框现有的内容；只补全末尾没有写完的一项", typed)],
        "responses": {
            "200": _ok("CompletionAnswer", "可以补成的法规、地区、案号等；没有时为空"),
            **_unchanged(),
            **_refusals("400", "429", "503"),
        },
    }


def _case() -> dict[str, Any]:
    identity = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "operationId": "case",
        "summary": "取得一件案例",
        "parameters": [identity | {"description": "永久编号"}],
        "responses": {
            "200": _ok("CaseAnswer", "案例全文、各字段及其依据"),
            **_unchanged(),
            **_refusals("400", "404", "410", "429", "503"),
        },
    }


def _related() -> dict[str, Any]:
    meaning = "同一争议前后程序的案例，按程序先后；以案号、文号相连，未经人工核对"
    return _case() | {
        "operationId": "related",
        "summary": "取得相关程序的案例",
        "responses": {
            "200": _ok("RelatedAnswer", meaning),
            **_unchanged(),
            **_refusals("400", "404", "410", "429", "503"),
        },
    }


def _similar_of() -> dict[str, Any]:
    return _case() | {
        "operationId": "similarOf",
        "summary": "取得一件案例的类案",
        "responses": {
            "200": _ok("SimilarAnswer", _SIMILAR),
            **_unchanged(),
            **_refusals("400", "404", "410", "429", "503"),
        },
    }


def _similar_to() -> dict[str, Any]:
    body = {
        "type": "object",
        "properties": {
            "text": {
                "type": "string",
                "maxLength": MAX_SIMILAR,
                "description": "案情或文书，不保存；首行像标题的按标题读",
            },
        },
        "required": ["text"],
        "additionalProperties": False,
        "example": {"text": "某超市销售过期饼干三袋，被市场监督管理局罚款五万元……"},
    }
    return {
        "operationId": "similarTo",
        "summary": "取得一段文字的类案",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _without_headers(_ok("SimilarAnswer", _SIMILAR)),
            **_refusals("400", "413", "415", "429", "503"),
        },
    }


_SIMILAR = (
    "按基本事实、争议焦点、法律适用三项比较，每项及总和各为 0 至 100；总和不及 least 的不列。"
    "先按效力位阶、再按总和排列；同一案件、重复发布（same）与同批类似案件（series）另列"
)


def _statute() -> dict[str, Any]:
    address = {
        "name": "address",
        "in": "path",
        "required": True,
        "description": "名称或简称，可带 @施行日 和条款项，“/”照写；不写版本时为现行版本",
        "schema": {"type": "string"},
        "example": "行政复议法@2024-01-01/art-30/para-1",
    }
    return {
        "operationId": "statute",
        "summary": "取得一部法规的目录，或其中一条",
        "parameters": [address],
        "responses": {
            "200": _ok("StatuteAnswer", "各版本与目录；写明条款项的，为条文及其前后版本的对应条文"),
            **_unchanged(),
            **_refusals("400", "404", "429", "503"),
        },
    }


def _citations() -> dict[str, Any]:
    body = {
        "type": "object",
        "properties": {
            "text": {"type": "string", "maxLength": MAX_TEXT, "description": "要看的文字，不保存"},
            "decided": {
                "type": "string",
                "format": "date",
                "description": "决定日期；文中没有写明版本时据以判断",
            },
        },
        "required": ["text"],
        "additionalProperties": False,
        "example": {"text": "依照行政处罚法第三十三条第一款", "decided": "2024-05-06"},
    }
    answer = _ok("CitationsAnswer", "各处引用所指的法规、版本和条款项，以及库中引用它的案例数")
    return {
        "operationId": "citations",
        "summary": "找出一段文字引用的法条",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _without_headers(answer),
            **_refusals("400", "413", "415", "429", "503"),
        },
    }


def _parameter(name: str, meaning: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": str(name), "in": "query", "description": meaning, "schema": schema}


def _ok(model: str, meaning: str, *, linked: bool = False) -> dict[str, Any]:
    headers = {"ETag": _header("答复的版本，供 If-None-Match 使用")}
    if linked:
        headers["Link"] = _header("first、prev、next 各页与 describedby（RFC 8288）")
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {
        "description": meaning,
        "headers": headers,
        "content": {"application/json": {"schema": schema}},
    }


def _without_headers(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "headers"}


def _unchanged() -> dict[str, Any]:
    return {"304": {"description": "自 If-None-Match 所指版本以来没有变化"}}


def _refusals(*statuses: str) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}


def _problem(status: str, meaning: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    answer: dict[str, Any] = {
        "description": meaning,
        "content": {"application/problem+json": {"schema": schema}},
    }
    if status == "429":
        answer["headers"] = {"Retry-After": _header("秒")}
    return answer


def _header(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "schema": {"type": "string"}}
