"""The server's file: its schema, its safety, and documents whose counts and hashes are always right."""

import base64
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool

from desktop_app.contract.wire import HASH_MODULUS, row_hash
from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.errors import FolderTaken, NoServerHere, ServerRefusal, StorageUnusable
from manufacturer_server.founding import found_server
from manufacturer_server.migrations import FOLDER, HEAD
from manufacturer_server.storage import documents
from manufacturer_server.storage.database import FILE_NAME, Database, wal_is_safe
from manufacturer_server.storage.identity import read_setting
from manufacturer_server.storage.schema import UtcTime, metadata, orders


def test_the_migrations_make_exactly_the_schema_of_the_code(tmp_path: Path) -> None:
    with closing(Database.create(tmp_path)) as database, database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD


def test_an_older_file_is_brought_up_to_date_with_what_it_holds(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        engine = create_engine("sqlite://", creator=lambda: file, poolclass=StaticPool)
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(FOLDER))
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            connection.exec_driver_sql("INSERT INTO settings VALUES ('server_id', 's'), ('secret', '')")
            moment = "2026-03-10T09:30:00.000000+00:00"
            connection.exec_driver_sql("INSERT INTO exports VALUES (1, 'orders-1.csv', 'x', ?)", (moment,))
            connection.exec_driver_sql(
                "INSERT INTO orders VALUES ('D42', 'o', 'MF-1', 1, ?, 'accepted', '0.00', x'', 1, NULL)", (moment,)
            )
    with closing(Database.open(tmp_path)) as database, database.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == HEAD
        (order,) = connection.execute(orders.select())
        assert (order.order_no, order.export, order.credit_hold, order.restored_at) == ("MF-1", 1, 0, None)
        secret = read_setting(connection, "sealing_secret")
        assert secret is not None
        assert len(base64.b64decode(secret)) == 32
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_the_states_of_many_collections_are_read_at_once(tmp_path: Path) -> None:
    with closing(Database.create(tmp_path)) as database:
        with database.writing() as connection:
            documents.save(connection, "terms", documents.ALL, {"A": b"{}", "B": b"{}"})
            documents.save(connection, "terms", "group:G", {"A": b"{}"})
        with database.reading() as connection:
            pairs = [("terms", "group:G"), ("orders", "dealer:D"), ("terms", documents.ALL)]
            found = documents.states(connection, pairs)
            assert list(found) == pairs
            assert [(one.count, one.seq) for one in found.values()] == [(1, 3), (0, 0), (2, 2)]
            assert found["terms", "group:G"].hash == row_hash("A", 3)
            assert documents.states(connection, []) == {}


def test_the_file_is_plain_durable_and_shared(tmp_path: Path) -> None:
    with closing(Database.create(tmp_path)) as database:
        with database.writing() as connection:
            pragmas = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
            }
            assert pragmas == {"journal_mode": "wal", "synchronous": 2}
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            with database.reading() as other:
                assert other.exec_driver_sql("SELECT count(*) FROM documents").scalar() == 0
        assert (tmp_path / FILE_NAME).read_bytes().startswith(b"SQLite format 3\0")


def test_wal_is_refused_on_versions_that_lose_data() -> None:
    assert all(wal_is_safe(version) for version in ((3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 44, 6)))
    assert not any(wal_is_safe(version) for version in ((3, 51, 2), (3, 50, 6), (3, 45, 0), (3, 40, 1), (3, 44, 5)))


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    refused = pytest.raises(OperationalError, match="readonly")
    with closing(Database.create(tmp_path)) as database, refused, database.reading() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('a', 'b')")


def test_at_most_one_accepted_revision_is_the_databases_own_promise(data: Path) -> None:
    row = {"account": "D42", "order_id": "o", "received_at": utc_now(), "status": "accepted", "undelivered": "0.00"}
    with closing(Database.open(data)) as database:
        with database.writing() as connection:
            connection.execute(orders.insert().values(**row, order_no="1", revision=1, document=b""))
        with pytest.raises(IntegrityError), database.writing() as connection:
            connection.execute(orders.insert().values(**row, order_no="2", revision=2, document=b""))


def test_moments_are_stored_in_utc_and_must_have_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcTime().process_bind_param(utc_now().replace(tzinfo=None), None)  # type: ignore[arg-type]


def test_a_server_needs_a_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "letter.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    for taken in (tmp_path / "used", tmp_path / "file"):
        with pytest.raises(FolderTaken):
            found_server(taken, new_id=new_uuid)
    found_server(tmp_path / "new" / "deep", new_id=new_uuid)
    with pytest.raises(FolderTaken):
        found_server(tmp_path / "new" / "deep", new_id=new_uuid)
    with pytest.raises(ServerRefusal, match="time zone"):
        found_server(tmp_path / "other", time_zone="Mars/Olympus", new_id=new_uuid)
    assert not (tmp_path / "other").exists()
    with pytest.raises(StorageUnusable):
        found_server(tmp_path / "file" / "below", new_id=new_uuid)


def test_what_is_no_server_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NoServerHere, match="comptoir-server init"):
        Database.open(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all, but long enough to look like one" * 100)
    with pytest.raises(StorageUnusable, match="not a database"):
        Database.open(tmp_path)


def test_two_servers_are_never_the_same(tmp_path: Path) -> None:
    one, two = (found_server(tmp_path / name, new_id=new_uuid) for name in ("one", "two"))
    assert one.server_id != two.server_id
    assert one.epoch != two.epoch
    assert one.secret != two.secret


def test_the_folder_can_be_moved(data: Path, tmp_path: Path) -> None:
    moved = Path(shutil.move(data, tmp_path / "moved"))
    with closing(Database.open(moved)) as database, database.reading() as connection:
        assert len(documents.live_ids(connection, "products", documents.SHARED)) == 3


IDS = st.sampled_from(["a", "b", "c", "d"])
SAVES = st.lists(
    st.tuples(st.dictionaries(IDS, st.binary(min_size=1, max_size=2)), st.lists(IDS, unique=True)), max_size=8
)


@given(SAVES)
def test_counts_hashes_and_changes_are_those_of_a_plain_dictionary(
    tmp_path_factory: pytest.TempPathFactory, saves: list[tuple[dict[str, bytes], list[str]]]
) -> None:
    model: dict[str, bytes] = {}
    with closing(Database.create(tmp_path_factory.mktemp("documents"))) as database, database.trial() as connection:
        for bodies, gone in saves:
            withdraw = [row_id for row_id in gone if row_id not in bodies]
            changes = documents.save(connection, "products", "", bodies, withdraw=withdraw)
            assert set(changes.added) == {row_id for row_id in bodies if row_id not in model}
            assert set(changes.changed) == {i for i, body in bodies.items() if i in model and model[i] != body}
            assert set(changes.withdrawn) == {row_id for row_id in withdraw if row_id in model}
            model = {row_id: body for row_id, body in (model | bodies).items() if row_id not in withdraw}
            stored = documents.read(connection, "products", "")
            assert {row_id: row.body for row_id, row in stored.items()} == model
            state = documents.state(connection, "products", "")
            assert state.count == len(model)
            assert state.hash == sum(row_hash(row.id, row.seq) for row in stored.values()) % HASH_MODULUS
            assert state.seq == documents.last_seq(connection)


@given(SAVES, st.integers(0, 40))
def test_reading_the_changes_after_any_point_leads_to_the_present(
    tmp_path_factory: pytest.TempPathFactory, saves: list[tuple[dict[str, bytes], list[str]]], point: int
) -> None:
    with closing(Database.create(tmp_path_factory.mktemp("documents"))) as database, database.trial() as connection:
        held: dict[str, bytes] = {}
        for bodies, gone in saves:
            documents.save(connection, "x", "", bodies, withdraw=[row_id for row_id in gone if row_id not in bodies])
            if documents.last_seq(connection) <= point:
                held = {row_id: row.body for row_id, row in documents.read(connection, "x", "").items()}
                reached = documents.last_seq(connection)
        start = reached if saves and held else 0
        for _, row_id, body, _ in documents.changed_after(connection, "x", "", start, 100):
            held.pop(row_id, None)
            if body is not None:
                held[row_id] = body
        assert held == {row_id: row.body for row_id, row in documents.read(connection, "x", "").items()}
