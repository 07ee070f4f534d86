"""What the synchronisation remembers comes back after a restart as it was put."""

from datetime import timedelta
from pathlib import Path

from desktop_app.contract.wire import Discovery, Limits
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.sync_state import HistoryLoss, SyncState
from tests.support.desk_world import KEY, START, DeskWorld


def test_a_fresh_file_knows_nothing(tmp_path: Path) -> None:
    desk = DeskDatabase(tmp_path / "desk.db", KEY, now=lambda: START)
    state = SyncState(desk.connection)
    assert (state.generation, state.epoch, state.last_success, state.offline_since) == (0, "", None, None)
    assert state.clock_skew == timedelta(0)
    assert state.discovery is None
    assert state.position() is None
    assert (state.reconciled_epoch, state.history_loss.epoch) == ("", "")
    assert state.get("anything", "default") == "default"
    assert state.sums() == ()
    desk.close()


def test_values_survive_a_restart(world: DeskWorld) -> None:
    discovery = Discovery("Fabrique", "id", ["1"], "e1", START, limits=Limits(order_lines=7), practice=True)
    world.state.generation = 3
    world.state.epoch = "e7"
    world.state.last_success = START
    world.state.offline_since = START
    world.state.clock_skew = timedelta(seconds=-90.25)
    world.state.discovery = discovery
    world.state.put("x", "y")
    world.state.reconciled_epoch = "e6"
    world.state.history_loss = HistoryLoss("e7", START, again=2, person=1)
    world.restart()
    state = SyncState(world.desk.connection)
    assert (state.generation, state.epoch, state.get("x")) == (3, "e7", "y")
    assert (state.last_success, state.offline_since) == (START, START)
    assert state.clock_skew == timedelta(seconds=-90.25)
    assert state.discovery == discovery
    assert (state.reconciled_epoch, state.history_loss) == ("e6", HistoryLoss("e7", START, again=2, person=1))
    state.offline_since = None
    assert state.offline_since is None


def test_positions_are_kept_per_feed(world: DeskWorld) -> None:
    world.state.set_position(world.checkpoint(), START, "other")
    position = world.state.position("other")
    assert position is not None
    assert (position.cursor, position.epoch, position.version) == (str(world.version), "e1", world.version)
    assert position.synced_at == START
    assert world.state.position() != position


def test_sums_tell_rows_and_age_of_each_collection(world: DeskWorld) -> None:
    sums = {one.collection: one for one in world.state.sums()}
    assert {name: one.rows for name, one in sums.items()} == {
        "account": 1, "agreements": 0, "orders": 0, "terms": 6, "turnover": 0,
    }  # fmt: skip
    assert all(one.verified for one in sums.values())
    assert sums["terms"].synced_at <= world.time
