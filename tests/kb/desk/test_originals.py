"""Texts from before masking: out of everyone's sight once the case is published, kept sealed for
few, or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from kb.accounts import Actor, UserRole
from kb.desk import NEUTRAL, Desk
from kb.errors import Forbidden, KnowledgeBaseError, NotFound, Sealed
from kb.model import Beside, Status
from kb.seal import BadSeal
from kb.service import KnowledgeBase
from kb.settings import Settings
from kb.store import Repository
from kb.store.desk import DeskStore
from kb.store.originals import Vault
from kb.store.revisions import Kept
from tests.kb.desk.conftest import EDITOR, ON, OTHER_EDITOR, PUBLISHER, REVIEWER, through
from tests.kb.store.build import content, source

ADMIN = Actor("赵", frozenset({UserRole.ADMIN}))
EDITOR_AND_REVIEWER = Actor("钱", frozenset({UserRole.EDITOR, UserRole.REVIEWER}))
OPEN = content("某案（示例）", "基本案情\n王小明的电话为13912345678。\n典型意义\n无。")
MASKED = content("某案（示例）", "基本案情\n王某某的电话为×××。\n典型意义\n无。")
KEY = "k" * 40


def words(found):
    return frozenset({"王小明"} if "王小明" in found.text else ())


@pytest.fixture(params=[True, False], ids=["sealed", "off"])
def kept(request):
    return request.param


@pytest.fixture
def guarded(database, kept):
    desk = Desk(DeskStore(database, Vault((lambda: KEY) if kept else None)))
    desk.open_words = words
    return desk


@pytest.fixture
def masked(guarded, database):
    """The id of a case that was brought in open, masked in its second revision, and published."""
    store = Repository(database)
    [record] = store.submit(source("案.txt"), (OPEN,), parser="1", publish=False).added
    guarded.save(record, MASKED, EDITOR, 1)
    through(guarded, record, *ON)
    return record


def everything(database):
    """All that the tables hold, as one string."""
    with database.read() as connection:
        names = ("source", "record", "section", "claim", "revision", "audit", "original", "sketch")
        return "\n".join(
            str(row) for name in names for row in connection.execute(text(f"SELECT * FROM {name}"))
        )


def test_before_publishing_nothing_is_put_away(guarded, database):
    store = Repository(database)
    [record] = store.submit(source("案.txt"), (OPEN,), parser="1", publish=False).added
    guarded.save(record, MASKED, EDITOR, 1)
    assert guarded.revision(record, 1) == OPEN
    guarded.restore(record, 1, EDITOR, 2)
    assert guarded.draft(record).content == OPEN


def test_once_published_no_table_says_what_was_masked(guarded, database, masked, kept):
    found = everything(database)
    assert "王小明" not in found
    assert "13912345678" not in found
    assert ("gAAAA" in found) is kept
    state = Kept.SEALED if kept else Kept.NOWHERE
    assert [one.kept for one in guarded.revisions(masked)] == [state, Kept.HERE]
    with pytest.raises(Sealed, match="封存"):
        guarded.revision(masked, 1)
    assert guarded.verify_audit().broken == ()


def test_few_may_see_an_original_and_each_look_is_written_down(guarded, masked, kept):
    with pytest.raises(Forbidden, match="审核"):
        guarded.original(masked, 1, EDITOR)
    for actor in (REVIEWER, PUBLISHER, ADMIN):
        if not kept:
            with pytest.raises(NotFound, match="没有保留"):
                guarded.original(masked, 1, actor)
            continue
        assert guarded.original(masked, 1, actor) == OPEN
        row = guarded.entries(masked, limit=1)[0]
        assert (row.action, row.who) == ("view", actor.name)
        assert '"original": 1' in row.detail.replace('":1', '": 1')


def test_an_editor_cannot_take_up_an_original_but_who_may_see_it_can(guarded, masked, kept):
    with pytest.raises(Sealed):
        guarded.restore(masked, 1, OTHER_EDITOR, 2)
    if kept:
        assert guarded.restore(masked, 1, EDITOR_AND_REVIEWER, 2) == 3
        assert guarded.draft(masked).content == OPEN
        assert guarded.entries(masked, limit=2)[1].action in ("view", "update")


def test_an_original_taken_up_goes_back_when_the_correction_is_dropped(
    guarded, database, masked, kept
):
    if not kept:
        pytest.skip("nothing to take up")
    guarded.restore(masked, 1, EDITOR_AND_REVIEWER, 2)
    guarded.save(masked, content("某案（示例）", OPEN.text + "改"), EDITOR, 3)
    through(guarded, masked, ("drop", EDITOR))
    assert "王小明" not in everything(database)
    assert [one.kept for one in guarded.revisions(masked)] == [
        *(Kept.SEALED, Kept.HERE),
        *(Kept.SEALED, Kept.SEALED),
    ]
    assert guarded.entries(masked, limit=1)[0].action == "seal"
    told = content("某案（示例）", OPEN.text.replace("无。", "有。"))
    again = Repository(database).submit(source("案.txt", "新"), (told,), parser="1", publish=False)
    assert again.held == (masked,)
    assert guarded.original(masked, 3, REVIEWER) == OPEN


def test_a_correction_without_an_original_is_dropped_and_stays(guarded, masked):
    plain = content(MASKED.title, MASKED.text.replace("无。", "有。"))
    guarded.save(masked, plain, EDITOR, 2)
    through(guarded, masked, ("drop", EDITOR))
    assert guarded.revision(masked, 3) == plain


def test_what_a_file_says_beside_its_text_goes_with_its_name(guarded, database):
    said = replace(source("王小明.txt"), beside=(Beside("author", "王小明", "示例"),))
    store = Repository(database)
    ids = store.submit(said, (MASKED, content("乙")), parser="1", publish=False).added
    through(guarded, ids[0], *ON)
    assert guarded.source(ids[1]).beside == said.beside
    guarded.show_source_as(ids[1], NEUTRAL, EDITOR)
    through(guarded, ids[1], *ON)
    assert guarded.source(ids[1]).beside == ()


def test_what_was_public_stays_unless_it_was_masked_since(guarded, masked):
    plain = content(MASKED.title, MASKED.text.replace("无。", "有。"))
    guarded.save(masked, plain, EDITOR, 2)
    through(guarded, masked, *ON)
    assert guarded.revision(masked, 2) == MASKED
    guarded.save(masked, OPEN, EDITOR, 3)
    guarded.save(masked, plain, EDITOR, 4)
    through(guarded, masked, *ON)
    states = [one.kept is Kept.HERE for one in guarded.revisions(masked)]
    assert states == [False, True, True, False, True]


def test_a_public_revision_that_named_someone_is_put_away_with_the_correction(guarded, database):
    store = Repository(database)
    [record] = store.submit(source("案.txt"), (OPEN,), parser="1", publish=True).added
    guarded.save(record, MASKED, EDITOR, 1)
    through(guarded, record, *ON)
    assert [one.kept is Kept.HERE for one in guarded.revisions(record)] == [False, True]
    assert "王小明" not in everything(database)


def test_a_revision_that_differs_in_codes_only_stays(guarded, database):
    store = Repository(database)
    [record] = store.submit(source("案.txt"), (MASKED,), parser="1", publish=False).added
    from tests.kb.store.build import claim

    guarded.save(record, MASKED.with_fields(issues=(claim("procedure"),)), EDITOR, 1)
    through(guarded, record, *ON)
    assert [one.kept for one in guarded.revisions(record)] == [Kept.HERE, Kept.HERE]


def test_another_key_opens_nothing(database, masked, kept):
    other = Desk(DeskStore(database, Vault(lambda: "x" * 40)))
    with pytest.raises(BadSeal if kept else NotFound):
        other.original(masked, 1, REVIEWER)


def test_sealed_text_is_read_as_such_once_originals_are_no_longer_kept(database, masked, kept):
    off = Desk(DeskStore(database, Vault(None)))
    with pytest.raises(Sealed if kept else NotFound):
        off.original(masked, 1, REVIEWER)


@pytest.mark.usefixtures("masked")
def test_the_file_of_the_database_forgets_it_too(database):
    if database.engine.dialect.name != "sqlite":
        pytest.skip("of the file of SQLite")
    path = Path(database.engine.url.database)
    for file in (path, path.with_name(f"{path.name}-wal")):
        assert "王小明".encode() not in file.read_bytes()


def test_a_publishing_does_not_wait_for_who_reads(guarded, database):
    [record] = (
        Repository(database).submit(source("案.txt"), (OPEN,), parser="1", publish=False).added
    )
    guarded.save(record, MASKED, EDITOR, 1)
    with database.read() as connection:
        connection.execute(text("SELECT 1 FROM record")).all()
        through(guarded, record, *ON)
    assert guarded.draft(record).status is Status.PUBLISHED


def test_a_base_seals_with_a_key_of_its_own(tmp_path):
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    base.desk.open_words = words
    [record] = base.submit(source("案.txt"), (OPEN,), parser="1", publish=False).added
    assert not (tmp_path / "originals-key").exists()
    base.desk.save(record, MASKED, EDITOR, 1)
    through(base.desk, record, *ON)
    assert (tmp_path / "originals-key").stat().st_mode & 0o777 == 0o600
    again = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    assert again.desk.original(record, 1, REVIEWER) == OPEN
    given = {"KB_HOME": str(tmp_path), "KB_ORIGINALS_KEY": "y" * 40}
    with pytest.raises(BadSeal):
        KnowledgeBase.open(Settings.from_environment(given)).desk.original(record, 1, REVIEWER)


def test_nothing_is_sealed_with_another_key_where_the_first_is_gone(tmp_path):
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))

    def masked(origin):
        [record] = base.submit(source(origin), (OPEN,), parser="1", publish=False).added
        base.desk.save(record, MASKED, EDITOR, 1)
        return through(base.desk, record, *ON[:2])

    one, other = masked("甲.txt"), masked("乙.txt")
    through(base.desk, one.id, ON[2])
    key = (tmp_path / "originals-key").read_text()
    (tmp_path / "originals-key").unlink()
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    for attempt in (
        lambda: base.desk.original(one.id, 1, REVIEWER),
        lambda: through(base.desk, other.id, ON[2]),
    ):
        with pytest.raises(BadSeal, match="KB_ORIGINALS_KEY"):
            attempt()
    assert not (tmp_path / "originals-key").exists()
    assert base.desk.draft(other.id).stage is Status.APPROVED
    (tmp_path / "originals-key").write_text(key)
    through(base.desk, other.id, ON[2])
    assert base.desk.original(one.id, 1, REVIEWER) == OPEN


@pytest.mark.parametrize("name", ["originals-key", "secret-key"])
@pytest.mark.parametrize("held", [b"", b" \n", b"short", b"\0" * 64, b"\xff" * 64])
def test_a_key_file_that_holds_no_key_is_named(tmp_path, name, held):
    settings = Settings.from_environment({"KB_HOME": str(tmp_path)})
    (tmp_path / name).write_bytes(held)
    with pytest.raises(KnowledgeBaseError, match=f"{name} 已损坏.*从备份恢复"):
        settings.secret() if name == "secret-key" else settings.key_of_originals()
    assert (tmp_path / name).read_bytes() == held


@pytest.mark.parametrize(
    ("spoilt", "told"), [("", "originals-key 已损坏"), ("f" * 64, "不是封存时的那一把")]
)
def test_publishing_stops_where_the_key_opens_nothing_that_is_kept(
    database, tmp_path, spoilt, told
):
    """As with a disk that was full, or a backup of another base."""
    settings = Settings.from_environment({"KB_HOME": str(tmp_path)})
    store, file = Repository(database), tmp_path / "originals-key"

    def opened():
        return Desk(
            DeskStore(database, Vault(settings.key_of_originals, settings.has_key_of_originals))
        )

    def masked(origin):
        [record] = store.submit(source(origin), (OPEN,), parser="1", publish=False).added
        opened().save(record, MASKED, EDITOR, 1)
        return through(opened(), record, *ON[:2]).id

    one, two, three = masked("甲.txt"), masked("乙.txt"), masked("丙.txt")
    running = opened()
    through(running, one, ON[2])
    through(running, two, ON[2])
    key = file.read_text()
    file.write_text(spoilt)
    for desk in (running, opened()):
        with pytest.raises(KnowledgeBaseError, match=told):
            through(desk, three, ON[2])
        assert desk.draft(three).stage is Status.APPROVED
        assert desk.originals().lost == desk.originals().total == 4
    file.write_text(key)
    through(opened(), three, ON[2])
    assert (opened().originals().total, opened().originals().lost) == (6, 0)


def test_with_nothing_kept_any_key_will_do_but_a_spoilt_one(database, tmp_path):
    settings = Settings.from_environment({"KB_HOME": str(tmp_path)})
    desk = Desk(
        DeskStore(database, Vault(settings.key_of_originals, settings.has_key_of_originals))
    )
    [record] = (
        Repository(database).submit(source("案.txt"), (OPEN,), parser="1", publish=False).added
    )
    desk.save(record, MASKED, EDITOR, 1)
    (tmp_path / "originals-key").write_text("")
    with pytest.raises(KnowledgeBaseError, match="已损坏"):
        through(desk, record, *ON)
    assert desk.originals().total == 0
    (tmp_path / "originals-key").write_text("f" * 64)
    through(desk, record, ON[2])
    assert desk.original(record, 1, REVIEWER) == OPEN


def test_a_key_is_tried_once(database):
    asked = []
    vault = Vault(lambda: KEY)
    desk, store = Desk(DeskStore(database, vault)), Repository(database)
    for name in ("甲", "乙", "丙"):
        [record] = store.submit(source(f"{name}.txt"), (OPEN,), parser="1", publish=False).added
        desk.save(record, MASKED, EDITOR, 1)
        through(desk, record, *ON)
        asked.append(set(vault.fitting))
    assert asked == [set(), {KEY}, {KEY}]
    assert KEY not in repr(vault)


@pytest.mark.parametrize(("name", "said"), [("KB_ORIGINALS", "maybe"), ("KB_ORIGINALS_KEY", "x")])
def test_settings_that_cannot_be_read_are_named(name, said):
    with pytest.raises(KnowledgeBaseError, match=name):
        Settings.from_environment({name: said})


def test_originals_can_be_kept_nowhere():
    assert not Settings.from_environment({"KB_ORIGINALS": "OFF"}).originals
    assert Settings.from_environment({}).originals
