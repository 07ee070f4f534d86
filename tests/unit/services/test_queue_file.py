"""The file with a desk's queue: who can read it, and what is said of one that cannot be sent from here.

How it is sent, by a second desk to a real server: `tests/sync/test_queue_sent_for_another.py`.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop_app import sealing
from desktop_app.contract.sealed import read_whole, sealing_key
from desktop_app.contract.wire import Discovery
from desktop_app.errors import (
    ActionNotPossible,
    ComptoirError,
    FileNotWritten,
    FileUnreadable,
    WrongQueueFile,
)
from desktop_app.profile import Profile
from desktop_app.remote.client import RemoteClient
from desktop_app.services.queue_file import QueueFile
from desktop_app.storage.recovery_file import RecoveryFile, write_recovery
from tests.support.desk_world import ACCOUNT, WORKED_EXAMPLE, DeskWorld

SERVER_KEY, RECOVERY_KEY = bytes(range(1, 33)), bytes(range(2, 34))
PROFILE = Profile("http://127.0.0.1:9", "s-1", ACCOUNT, "Bureautique Morvan", "Fabrique", "i-1")


def files(world: DeskWorld, profile: Profile = PROFILE) -> QueueFile:
    recovery = world.folder / "recovery.json"
    client = RemoteClient(profile.server_url, client_instance=profile.client_instance, now=world.now)
    return QueueFile(world.desk.connection, profile, recovery, client, world.bus, now=world.now, working=lambda: False)


@pytest.fixture
def waiting(world: DeskWorld) -> DeskWorld:
    """A desk with two orders that wait, one of them held, whose server gives a key."""
    key = sealing_key(sealing.public_key(SERVER_KEY))
    now = datetime.now(UTC)
    world.state.discovery = Discovery("Fabrique", "s-1", ["1"], "e1", now, features=["sealed"], sealing_key=key)
    orders = [world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit() for _ in range(2)]
    world.orders.hold(orders[1].summary.order_id)
    return world


def refusal(world: DeskWorld, path: Path, profile: Profile = PROFILE) -> ComptoirError:
    with pytest.raises((WrongQueueFile, FileUnreadable)) as caught:
        files(world, profile).look(path)
    return caught.value


def test_the_file_says_whose_it_is_and_only_the_manufacturer_and_the_code_open_it(
    waiting: DeskWorld, tmp_path: Path
) -> None:
    public = sealing.public_key(RECOVERY_KEY)
    write_recovery(tmp_path / "recovery.json", RecoveryFile("i-1", public, b"", waiting.now()))
    path = tmp_path / "queue.sealed"
    exported = files(waiting).export(path)
    assert (exported.messages, exported.held) == (2, 1)
    header, records = read_whole(path.read_bytes())
    assert (header.server_id, header.account, header.client_instance) == ("s-1", ACCOUNT, "i-1")
    assert (header.count, header.held) == (2, 1)
    assert {len(record.to) for record in records} == {2}
    for key in (SERVER_KEY, RECOVERY_KEY):
        assert [sealing.open_sealed(record, key).desk_no for record in records]
    with pytest.raises(sealing.CannotOpen):
        sealing.open_sealed(records[0], sealing.own_private_key(bytes(range(32))))
    for secret in (b"TN1", b"Nadia", b"148.37"):
        assert secret not in path.read_bytes()
    seen = files(waiting).look(path)
    assert (seen.messages, seen.held, seen.own) == (2, 1, True)
    assert not files(waiting, replace(PROFILE, client_instance="i-2")).look(path).own


def test_what_is_wrong_with_a_file_is_said_apart(waiting: DeskWorld, tmp_path: Path) -> None:
    path = tmp_path / "queue.sealed"
    files(waiting).export(path)
    content = path.read_bytes()
    assert refusal(waiting, path, replace(PROFILE, server_id="s-2")).params["reason"] == "server"
    other = refusal(waiting, path, replace(PROFILE, account="D43"))
    assert (other.params["reason"], other.params["theirs"], other.params["ours"]) == ("account", ACCOUNT, "D43")
    for damaged in (content[:-1], content[:40], content[:-5] + b"zzzzz", content + b"x"):
        path.write_bytes(damaged)
        assert refusal(waiting, path).params["reason"] == "damaged"
    for foreign in (b"", b"sku;quantity\nTN1;12\n", b"PK\x03\x04" * 50):
        path.write_bytes(foreign)
        assert refusal(waiting, path).params["reason"] == "other"
    assert isinstance(refusal(waiting, tmp_path / "nowhere"), FileUnreadable)
    assert isinstance(refusal(waiting, tmp_path), FileUnreadable)


def test_without_a_queue_a_key_or_a_place_nothing_is_written(world: DeskWorld, tmp_path: Path) -> None:
    path = tmp_path / "queue.sealed"
    with pytest.raises(ActionNotPossible) as no_key:
        files(world).export(path)
    assert no_key.value.params["action"] == "export-no-key"
    key = sealing_key(sealing.public_key(SERVER_KEY))
    world.state.discovery = Discovery("Fabrique", "s-1", ["1"], "e1", datetime.now(UTC), sealing_key=key)
    with pytest.raises(ActionNotPossible) as empty:
        files(world).export(path)
    assert empty.value.params["action"] == "export-empty"
    world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit()
    with pytest.raises(FileNotWritten):
        files(world).export(tmp_path / "nowhere" / "queue.sealed")
    assert not path.exists()
