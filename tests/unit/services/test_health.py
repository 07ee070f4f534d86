"""Looking an open desk over."""

from pathlib import Path

from tests.support.offline_desk import offline_desk


def test_a_healthy_desk(tmp_path: Path) -> None:
    desk = offline_desk(tmp_path / "desk")
    desk._connected().database.back_up_daily()
    health = desk.health()
    assert health.problems() == ()
    assert health.engine.wal_safe
    assert health.engine.sqlcipher
    assert health.desk.size > 0
    assert (health.generation, health.unreadable_rows, len(health.backups)) == (1, 0, 1)
    desk.close_files()


def test_damage_is_named(tmp_path: Path) -> None:
    desk = offline_desk(tmp_path / "desk")
    database = desk._connected().database.connection
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("INSERT INTO order_lines VALUES ('nobody', 1, 1.0, 'TN1', 1, NULL, '', NULL)")
    health = desk.health()
    assert any("order_lines" in problem for problem in health.problems())
    desk.close_files()


def test_a_second_copy_that_fails_or_is_damaged_is_named(tmp_path: Path) -> None:
    desk = offline_desk(tmp_path / "desk")
    unsent = tmp_path / "desk" / "unsent"
    unsent.mkdir()
    (unsent / "unsent-0.seal").write_bytes(b"rubbish")
    assert any("7 bytes of the second copy" in problem for problem in desk.health().problems())
    (unsent / "unsent-0.seal").unlink()
    unsent.rmdir()
    unsent.write_bytes(b"a file in the way")
    desk.orders.new_order([("TN1", 1, "")], round_up=False).submit()
    unsent.unlink()
    assert desk.health().problems() == ("1 orders that have not left have no second copy.",)
    desk._connected().second_copy.catch_up()
    assert desk.health().problems() == ()
    desk.close_files()
