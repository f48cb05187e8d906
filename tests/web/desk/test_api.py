"""The desk for programs: tokens and their scopes, the list, drafts, changes of a known revision,
steps, documents; each role's forbidden things."""

import io
import json
import re

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from kb.accounts import Scope, UserRole
from kb.model import Status, settled
from tests.web.desk.conftest import PASSWORD, TEXT
from web.api.desk import adding
from web.app import create_app
from web.settings import Settings

AT = "/api/v1/desk/drafts"
MASKED = TEXT.replace("店员王小明的电话为13912345678。", "")
WRITE = {"editor": Scope.SUBMIT, "reviewer": Scope.REVIEW, "publisher": Scope.PUBLISH}


class Program:
    """A client that sends a token with every request."""

    def __init__(self, app, token):
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path, **query):
        return self.client.get(path, query_string=query, headers=self.headers)

    def send(self, method, path, body=None, match=None, **more):
        headers = self.headers | ({"If-Match": f'"{match}"'} if match else {})
        return self.client.open(path, method=method, json=body, headers=headers, **more)

    def add(self, text):
        answer = self.send("POST", AT, {"text": text})
        assert answer.status_code == 201, answer.json
        return answer.json["drafts"][0]["id"]

    def step(self, record, name, match, **more):
        return self.send("POST", f"{AT}/{record}/steps", {"step": name, **more}, match)


@pytest.fixture(scope="session")
def program(kb, desk_app):
    """A program for the owner of a name, with these scopes."""
    made = iter(range(1000))

    def program(owner, *scopes):
        token = kb.accounts.add_token(f"程序{next(made)}", owner, scopes)
        return Program(desk_app, token)

    return program


@pytest.fixture(scope="session")
def writer(program):
    return program("张", Scope.READ, Scope.SUBMIT)


@pytest.fixture
def draft(writer, request):
    """A draft of its own for each test, with nothing open in it."""
    return writer.add(MASKED.replace("某超市", f"超市{abs(hash(request.node.name)) % 10**6}号"))


def is_problem(answer, status):
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.json


@pytest.mark.parametrize(
    "sent", ["", "Basic eA==", "Bearer", "Bearer kb_nothing", "Bearer " + "x" * 999]
)
def test_without_a_token_that_serves_nothing_is_told(desk_app, draft, sent):
    headers = {"Authorization": sent} if sent else {}
    for path in (AT, f"{AT}/{draft}", f"{AT}/nosuch"):
        answer = desk_app.test_client().get(path, headers=headers)
        is_problem(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_session_of_a_browser_counts_for_nothing(editor, draft):
    assert editor.get(AT).status_code == 401
    assert editor.client.post(f"{AT}/{draft}/steps", json={"step": "submit"}).status_code == 401


@pytest.mark.parametrize(
    ("owner", "scopes", "method", "path", "body"),
    [
        ("张", [Scope.READ], "PATCH", "{draft}", {"title": "改"}),
        ("张", [Scope.SUBMIT], "GET", "{draft}", None),
        ("张", [Scope.SUBMIT], "PATCH", "{draft}", {"title": "改"}),
        ("李", [Scope.READ, Scope.REVIEW], "PATCH", "{draft}", {"title": "改"}),
        ("李", [Scope.READ, Scope.SUBMIT], "PATCH", "{draft}", {"title": "改"}),
        ("李", [Scope.READ, Scope.SUBMIT], "POST", "", {"text": MASKED}),
        ("李", [Scope.READ, Scope.REVIEW], "POST", "{draft}/steps", {"step": "submit"}),
        ("张", [Scope.READ, Scope.SUBMIT], "POST", "{draft}/steps", {"step": "approve"}),
        ("张", [Scope.READ, Scope.PUBLISH], "POST", "{draft}/steps", {"step": "publish"}),
        ("王", [Scope.READ, Scope.PUBLISH], "POST", "{draft}/steps", {"step": "approve"}),
        ("王", [Scope.READ], "POST", "{draft}/steps", {"step": "withdraw", "reason": "示例"}),
        ("王", [Scope.READ], "POST", "{draft}/comments", {"text": "示例"}),
        ("赵", [Scope.READ], "GET", "{draft}", None),
        ("赵", [Scope.READ], "GET", "", None),
    ],
)
def test_what_a_token_may_not_do_is_refused_and_nothing_leaks(
    kb, program, draft, owner, scopes, method, path, body
):
    title, before = kb.desk.draft(draft).content.title, kb.desk.entries(limit=1)[0].seq
    one = program(owner, *scopes)
    before = kb.desk.entries(limit=1)[0].seq
    for record in (draft, "nosuch"):
        where = f"{AT}/{path.format(draft=record)}".rstrip("/")
        answer = one.send(method, where, body, 1)
        said = is_problem(answer, 403)
        assert title not in json.dumps(said, ensure_ascii=False)
    assert kb.desk.entries(limit=1)[0].seq == before


def test_the_list_is_paged_by_cursor_whatever_is_worked_on_meanwhile(kb, writer):
    made = [writer.add(MASKED.replace("某超市", f"翻页{n}店")) for n in range(3)]
    first = writer.get(AT, q="翻页", size="2")
    assert [one["id"] for one in first.json["items"]] == made[:0:-1]
    assert first.json["total"] == first.json["by_stage"]["draft"] == 3
    writer.send("PATCH", f"{AT}/{made[2]}", {"subtitle": "副题"}, 1)
    link = re.search('<([^>]+)>; rel="next"', ",".join(first.headers.getlist("Link")))[1]
    second = writer.send("GET", link)
    assert [one["id"] for one in second.json["items"]] == [made[0]]
    assert second.json["next"] is None
    assert writer.get(AT, q="翻页", assignee="me").json["total"] == 0
    for bad in ({"stage": "x"}, {"size": "0"}, {"cursor": "!"}, {"what": "1"}):
        assert is_problem(writer.get(AT, **bad), 400)["parameter"] == next(iter(bad))
    assert kb.desk.draft(made[2]).revision == 2


def test_a_draft_comes_whole_with_its_revision_as_tag(kb, writer, program, draft):
    answer = writer.get(f"{AT}/{draft}")
    found = answer.json
    assert answer.headers["ETag"] == '"1"'
    claim = next(one for one in found["case"]["fields"] if one["field"] == "citations")
    start, end = claim["evidence"]["start"], claim["evidence"]["end"]
    assert "行政处罚法" in found["case"]["text"][start:end]
    assert "submit" in [step["name"] for step in found["steps"]]
    assert program("李", Scope.READ).get(f"{AT}/{draft}").json["steps"] == []
    assert not [row for row in kb.desk.entries(draft) if row.action == "view"]


def test_that_open_names_were_seen_is_written_down(kb, program, writer):
    record = writer.add(TEXT.replace("某超市", "见名店"))
    found = program("李", Scope.READ).get(f"{AT}/{record}").json
    assert any("13912345678" in one["message"] for one in found["failures"])
    [seen] = [row for row in kb.desk.entries(record) if row.action == "view"]
    assert seen.who.startswith("李/程序")


def test_words_and_fields_are_changed_as_a_person_says(kb, writer, draft):
    fields = {
        "decided": ["2024年5月7日"],
        "regions": [{"value": "500103", "role": "authority"}],
        "parties": [{"value": "某超市", "role": "applicant"}],
        "citations": ["行政处罚法第五条第二款"],
        "outcomes": [],
    }
    text = kb.desk.draft(draft).content.text.replace("罚款五万元", "罚款三万元")
    body = {"title": "新题（示例）", "text": text, "fields": fields}
    answer = writer.send("PATCH", f"{AT}/{draft}", body, 1)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    content = kb.desk.draft(draft).content
    assert content.title == "新题（示例）"
    assert "罚款三万元" in content.text
    assert [str(day) for day in settled(content.decided)] == ["2024-05-07"]
    assert settled(content.outcomes) == ()
    assert settled(content.citations)[0].article == 5
    assert kb.desk.revisions(draft)[-1].by.startswith("张/程序")


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({}, "body"),
        ({"what": 1}, "what"),
        ({"title": 1}, "title"),
        ({"text": " "}, "text"),
        ({"fields": []}, "body"),
        ({"fields": {"what": []}}, "fields.what"),
        ({"fields": {"decided": "2024"}}, "fields.decided"),
        ({"fields": {"decided": ["昨天"]}}, "fields.decided"),
        ({"fields": {"decided": [{"day": 1}]}}, "fields.decided"),
        ({"fields": {"regions": [{"value": "500103", "role": "x"}]}}, "fields.regions"),
    ],
)
def test_a_change_that_is_none_names_what_is_wrong(kb, writer, draft, body, parameter):
    answer = writer.send("PATCH", f"{AT}/{draft}", body, 1)
    assert is_problem(answer, 400)["parameter"] == parameter
    assert kb.desk.draft(draft).revision == 1


def test_half_a_character_is_refused(writer, draft):
    headers = writer.headers | {"If-Match": '"1"', "Content-Type": "application/json"}
    answer = writer.client.patch(f"{AT}/{draft}", data='{"title": "\\ud800"}', headers=headers)
    assert is_problem(answer, 400)["parameter"] == "title"


def test_a_change_must_say_of_which_revision_and_a_stale_one_shows_both(kb, writer, draft):
    assert is_problem(writer.send("PATCH", f"{AT}/{draft}", {"title": "甲"}), 428)
    assert is_problem(writer.step(draft, "submit", None), 428)
    writer.send("PATCH", f"{AT}/{draft}", {"title": "先到（示例）"}, 1)
    answer = writer.send("PATCH", f"{AT}/{draft}", {"title": "后到（示例）"}, 1)
    said = is_problem(answer, 412)
    assert (said["mine"]["title"], said["theirs"]["title"]) == ("后到（示例）", "先到（示例）")
    assert said["revision"] == 2
    assert answer.headers["ETag"] == '"2"'
    assert kb.desk.draft(draft).content.title == "先到（示例）"
    assert is_problem(writer.step(draft, "submit", 1), 412)["theirs"] is None
    assert is_problem(writer.send("PATCH", f"{AT}/{draft}", {"title": "乙"}, 99), 404)


def test_a_case_goes_all_the_way_and_is_withdrawn(kb, program, writer, draft):
    reviewer = program("李", Scope.REVIEW)
    publisher = program("王", Scope.READ, Scope.PUBLISH)
    assert writer.step(draft, "submit", 1).json["stage"]["code"] == "in_review"
    assert is_problem(writer.step(draft, "submit", 1), 409)
    assert is_problem(writer.send("PATCH", f"{AT}/{draft}", {"title": "迟"}, 1), 409)
    assert reviewer.step(draft, "approve", 1).status_code == 200
    gates, kb.desk.gates = kb.desk.gates, kb.desk.gates[:1]
    try:
        assert publisher.step(draft, "publish", 1).status_code == 200
    finally:
        kb.desk.gates = gates
    assert publisher.client.get(f"/api/v1/cases/{draft}").status_code == 200
    assert is_problem(publisher.step(draft, "withdraw", 1), 400)["parameter"] == "reason"
    publisher.step(draft, "withdraw", 1, reason="应当事人请求（示例）")
    assert "应当事人请求" in is_problem(publisher.get(f"{AT}/{draft}"), 410)["detail"]
    assert is_problem(writer.send("PATCH", f"{AT}/{draft}", {"title": "迟"}, 1), 410)
    assert publisher.client.get(f"/api/v1/cases/{draft}").status_code == 410
    again = publisher.step(draft, "reopen", 1, reason="示例")
    assert again.json["stage"]["code"] == "draft"


def test_a_token_does_not_make_two_persons_of_one(kb, program):
    both = [UserRole.EDITOR, UserRole.REVIEWER]
    kb.accounts.choose_password(kb.accounts.add("both", both), PASSWORD)
    writes, reviews = program("both", Scope.SUBMIT), program("both", Scope.REVIEW)
    record = writes.add(MASKED.replace("某超市", "一人店"))
    writes.step(record, "submit", 1)
    assert "另一人" in is_problem(reviews.step(record, "approve", 1), 403)["detail"]
    assert kb.desk.draft(record).stage is Status.IN_REVIEW


def test_closed_gates_are_told_one_by_one_and_that_they_were_seen(kb, program, writer):
    record = writer.add(TEXT.replace("某超市", "未隐店"))
    writer.step(record, "submit", 1)
    program("李", Scope.REVIEW).step(record, "approve", 1)
    said = is_problem(program("王", Scope.PUBLISH).step(record, "publish", 1), 409)
    closed = [one for one in said["failures"] if one["gate"] == "privacy"]
    assert closed
    assert all(one["key"] and not one["message"] and one["start"] is None for one in closed)
    [seen] = [row for row in kb.desk.entries(record) if row.action == "view"]
    assert seen.who.startswith("王/程序")
    told = program("王", Scope.PUBLISH, Scope.READ).step(record, "publish", 1)
    shown = [one["message"] for one in is_problem(told, 409)["failures"]]
    assert all(shown)
    assert not any(one in json.dumps(said, ensure_ascii=False) for one in shown)


def test_a_file_is_read_into_drafts_and_a_broken_one_told(kb, writer, monkeypatch):
    def sent(data, name, **form):
        files = {"file": (io.BytesIO(data), name), **form}
        return writer.client.post(AT, data=files, headers=writer.headers)

    made = sent(MASKED.replace("某超市", "文件店").encode(), "../案例 一.txt", batch="接口批次")
    assert made.status_code == 201
    [one] = made.json["drafts"]
    assert made.headers["Location"] == f"{AT}/{one['id']}"
    assert settled(kb.desk.draft(one["id"]).content.batch) == ("接口批次",)
    assert "张" in kb.desk.draft(one["id"]).editors
    broken = sent(b"%PDF-1.4 broken", "坏的.pdf")
    assert is_problem(broken, 422)["errors"]
    assert "/tmp" not in broken.get_data(as_text=True)
    assert is_problem(sent(b"x", ""), 400)
    assert is_problem(sent(b"x", "a.txt", what="1"), 400)["parameter"] == "what"
    monkeypatch.setattr(adding, "MOST_BYTES", 1000)
    assert is_problem(sent(b"x" * 1001, "大.txt"), 413)
    assert is_problem(writer.send("POST", AT, {"text": " "}), 400)
    answer = writer.client.post(AT, data="x", content_type="text/plain", headers=writer.headers)
    assert is_problem(answer, 415)


def test_remarks_are_made_on_a_place_of_the_text(kb, program, draft):
    reviewer = program("李", Scope.READ, Scope.REVIEW)
    at = f"{AT}/{draft}/comments"
    body = {"text": "请核对", "about": "decided", "start": 0, "end": 4}
    made = reviewer.send("POST", at, body)
    assert made.status_code == 201
    [one] = reviewer.get(f"{AT}/{draft}").json["comments"]
    assert (one["id"], one["who"], one["about"], one["end"]) == (
        made.json["id"],
        "李",
        "decided",
        4,
    )
    for wrong in ({"text": ""}, {"text": "x", "start": 5, "end": 1}, {"text": "x" * 2001}):
        assert reviewer.send("POST", at, wrong).status_code in (400, 413)
    assert is_problem(reviewer.send("POST", f"{AT}/nosuch/comments", {"text": "x"}), 404)
    assert len(kb.desk.comments(draft)) == 1


def test_it_is_rate_limited_as_the_rest(kb):
    client = create_app(kb, settings=Settings(rate_limit="2/minute")).test_client()
    assert [client.get(AT).status_code for _ in range(3)] == [401, 401, 429]


def test_no_step_is_taken_by_another_name(writer, draft):
    assert is_problem(writer.step(draft, "fly", 1), 400)["parameter"] == "step"


def test_the_answers_keep_to_the_description(desk_app, writer, program, draft):
    described = desk_app.test_client().get("/api/v1/openapi.json").json
    validate(described)
    record = writer.add(TEXT.replace("某超市", "说明店"))
    reviewer = program("李", Scope.REVIEW)
    one = writer.get(f"{AT}/{record}").json["failures"][0]
    passing = {"gate": one["gate"], "key": one["key"], "reason": "示例"}
    asked = writer.send("POST", f"{AT}/{record}/overrides", passing)
    confirm = f"{AT}/{record}/overrides/{asked.json['id']}/confirm"
    answers = [
        ("", "get", writer.get(AT)),
        ("", "post", writer.send("POST", AT, {"text": MASKED.replace("某超市", "乙说明店")})),
        ("", "post", writer.send("POST", AT, {"text": "x" * 200_001})),
        ("/{id}", "get", writer.get(f"{AT}/{record}")),
        ("/{id}", "get", writer.get(f"{AT}/nosuch")),
        ("/{id}", "patch", writer.send("PATCH", f"{AT}/{draft}", {"subtitle": "副"}, 1)),
        ("/{id}", "patch", writer.send("PATCH", f"{AT}/{draft}", {"subtitle": "题"}, 1)),
        ("/{id}", "patch", writer.send("PATCH", f"{AT}/{draft}", {"subtitle": "题"})),
        ("/{id}/steps", "post", writer.step(record, "submit", 1)),
        ("/{id}/steps", "post", reviewer.step(record, "approve", 1)),
        ("/{id}/steps", "post", program("王", Scope.PUBLISH).step(record, "publish", 1)),
        ("/{id}/steps", "post", reviewer.step(record, "approve", 1)),
        ("/{id}/overrides", "post", asked),
        ("/{id}/overrides/{number}/confirm", "post", reviewer.send("POST", confirm)),
        ("/{id}/assignee", "put", writer.send("PUT", f"{AT}/{record}/assignee", {"assignee": ""})),
        ("/{id}/comments", "post", reviewer.send("POST", f"{AT}/{draft}/comments", {"text": "x"})),
    ]
    assert {one.status_code for *_, one in answers} >= {200, 201, 404, 409, 412, 413, 428}
    for path, method, answer in answers:
        promised = described["paths"][AT + path][method]["responses"][str(answer.status_code)]
        if "$ref" in promised:
            promised = described["components"]["responses"][promised["$ref"].rsplit("/", 1)[1]]
        schema = promised["content"][answer.mimetype]["schema"]
        whole = schema | {"components": described["components"]}
        assert list(Draft202012Validator(whole).iter_errors(answer.json)) == []


def test_a_failure_is_let_pass_by_two_persons_alone(kb, program, writer):
    record = writer.add(TEXT.replace("某超市", "放行店"))
    at = f"{AT}/{record}/overrides"
    one = next(one for one in writer.get(f"{AT}/{record}").json["failures"])
    asked = {"gate": one["gate"], "key": one["key"], "reason": "已核对（示例）"}
    assert (
        is_problem(writer.send("POST", at, asked | {"reason": " "}), 400)["parameter"] == "reason"
    )
    assert is_problem(writer.send("POST", at, asked | {"key": "nothing"}), 404)
    assert is_problem(writer.send("POST", at, asked | {"more": 1}), 400)["parameter"] == "more"
    made = writer.send("POST", at, asked)
    assert made.status_code == 201
    confirm = f"{at}/{made.json['id']}/confirm"
    assert is_problem(writer.send("POST", confirm), 403)
    assert is_problem(program("李", Scope.READ).send("POST", confirm), 403)
    reviewer = program("李", Scope.READ, Scope.REVIEW)
    assert is_problem(reviewer.send("POST", f"{at}/999999/confirm"), 404)
    [waiting] = reviewer.get(f"{AT}/{record}").json["overrides"]
    assert (waiting["who"], waiting["second"], waiting["reason"]) == ("张", "", "已核对（示例）")
    assert reviewer.send("POST", confirm).status_code == 200
    told = reviewer.get(f"{AT}/{record}").json
    assert told["overrides"][0]["second"] == "李"
    assert one not in told["failures"]
    rows = [row for row in kb.desk.entries(record) if row.action == "override"]
    assert [row.who.partition("/")[0] for row in rows] == ["李", "张"]


def test_two_tokens_of_one_person_let_nothing_pass(kb, program):
    both = [UserRole.EDITOR, UserRole.REVIEWER]
    kb.accounts.choose_password(kb.accounts.add("twice", both), PASSWORD)
    writes = program("twice", Scope.READ, Scope.SUBMIT)
    record = writes.add(TEXT.replace("某超市", "两令牌店"))
    one = writes.get(f"{AT}/{record}").json["failures"][0]
    asked = {"gate": one["gate"], "key": one["key"], "reason": "示例"}
    number = writes.send("POST", f"{AT}/{record}/overrides", asked).json["id"]
    other = program("twice", Scope.REVIEW)
    refused = other.send("POST", f"{AT}/{record}/overrides/{number}/confirm")
    assert "另一人" in is_problem(refused, 403)["detail"]


def test_a_draft_is_given_to_a_colleague(kb, program, writer, draft):
    at = f"{AT}/{draft}/assignee"
    assert writer.send("PUT", at, {"assignee": "李"}).status_code == 200
    assert writer.get(f"{AT}/{draft}").json["assignee"] == "李"
    for nobody in ("赵", "谁"):  # an administrator has no part in cases
        assert is_problem(writer.send("PUT", at, {"assignee": nobody}), 400)
    assert is_problem(writer.send("PUT", at, {}), 400)
    assert is_problem(program("张", Scope.READ).send("PUT", at, {"assignee": "张"}), 403)
    assert writer.send("PUT", at, {"assignee": ""}).status_code == 200
    assert kb.desk.draft(draft).assignee == ""
    assert [row.action for row in kb.desk.entries(draft)][:2] == ["assign", "assign"]
