"""A database from before the desk is opened with everything that is in it."""

from alembic import command
from sqlalchemy import create_engine, text

from kb.model import Status
from kb.store import Repository, open_database
from kb.store.database import Database
from kb.store.desk import DeskStore
from kb.store.migrate import alembic_config
from kb.store.worklist import WorkQuery
from tests.kb.store.build import content, source

NEW_COLUMNS = (
    *("released", "stage", "working", "assignee"),
    *("editors", "submitter", "approver", "worked"),
    *("beside", "shown"),
)


def test_records_gain_their_stage_from_what_they_are(tmp_path):
    path = tmp_path / "kb.db"
    ids = _of_before(f"sqlite:///{path}")
    database = open_database(f"sqlite:///{path}")
    desk, store = DeskStore(database), Repository(database)
    found = {name: desk.draft(record) for name, record in ids.items()}
    assert {name: (draft.stage, draft.was_public) for name, draft in found.items()} == {
        "草稿": (Status.DRAFT, False),
        "公开": (Status.PUBLISHED, True),
        "撤回": (Status.WITHDRAWN, True),
        "待更新": (Status.PUBLISHED, True),
    }
    assert found["待更新"].waiting == 2
    assert all(draft.status is draft.stage for draft in found.values())
    assert all(draft.revision == draft.public for draft in found.values())
    assert desk.work(WorkQuery(stages=())).total == 4
    assert store.verify_audit().broken == ()
    with database.read() as connection:
        released, at = connection.execute(
            text(
                "SELECT released, at FROM record JOIN audit ON record_id = id "
                "WHERE id = :id AND action = 'publish' ORDER BY seq"
            ),
            {"id": ids["公开"]},
        ).first()
    assert at.startswith(released.replace(" ", "T"))
    database.close()


def _of_before(url: str) -> dict[str, str]:
    """A database at step 0002, made by today's store and taken back to the tables of then."""
    database = open_database(url)
    store = Repository(database)
    ids = {}
    for name in ("草稿", "公开", "撤回", "待更新"):
        told = (content(name),)
        done = store.submit(source(name), told, parser="1", publish=name != "草稿")
        [ids[name]] = done.added
    store.withdraw(ids["撤回"], "示例")
    again = (content("待更新", "基本案情\n改。\n典型意义\n改。"),)
    assert store.submit(source("待更新", "2"), again, parser="1", publish=False).held
    database.close()
    _take_back(Database(create_engine(url), url))
    return ids


def _take_back(database: Database) -> None:
    kept = ("source", "batch", "record", "section", "claim", "revision", "index_queue", "audit")
    with database.engine.begin() as connection:
        held = {
            table: [
                dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))
            ]
            for table in kept
        }
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        for name in [name for (name,) in names if not name.startswith("sqlite_")]:
            connection.execute(text(f"DROP TABLE {name}"))
        command.upgrade(alembic_config(connection), "0002")
        for table, rows in held.items():
            for row in rows:
                columns = [name for name in row if name not in NEW_COLUMNS]
                names = ", ".join(f'"{name}"' for name in columns)
                values = ", ".join(f":{name}" for name in columns)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    database.close()
