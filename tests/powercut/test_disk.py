"""The disk that loses power keeps what was synced, and does every harm to the rest that a real one may do."""

from random import Random

from tests.powercut.disk import SECTOR, Disk, Name, Promise, Rename, Sync, SyncFolder, Truncate, Write

OLD, NEW = b"o" * 2 * SECTOR, b"n" * 2 * SECTOR


def found(*operations: object, files: dict[str, bytes] | None = None) -> list[dict[str, bytes | None]]:
    """The different disks that two hundred cuts leave."""
    disk = Disk(files or {}, [])
    for operation in operations:
        disk.apply(operation)  # type: ignore[arg-type]
    kinds: list[dict[str, bytes | None]] = []
    for seed in range(200):
        kind = disk.cut(Random(seed))
        if kind not in kinds:
            kinds.append(kind)
    return kinds


def test_what_was_synced_stays() -> None:
    made = (Name("f", 0), Write(0, 0, OLD), Sync(0), SyncFolder("."))
    assert found(*made) == [{"f": OLD}]
    assert found(*made, Write(0, 0, NEW), Truncate(0, 3), Sync(0)) == [{"f": b"nnn"}]


def test_what_was_not_synced_is_there_or_gone_or_torn() -> None:
    torn = [NEW[:SECTOR] + OLD[:SECTOR], OLD[:SECTOR] + NEW[:SECTOR]]
    contents = [kind["f"] for kind in found(Write(0, 0, NEW), files={"f": OLD})]
    assert sorted(map(bytes, contents)) == sorted([OLD, NEW, *torn])  # type: ignore[arg-type]


def test_a_later_write_may_be_there_without_an_earlier_one() -> None:
    contents = [kind["f"] for kind in found(Write(0, 0, b"a"), Write(0, 1, b"b"), files={"f": b"--"})]
    assert sorted(map(bytes, contents)) == [b"--", b"-b", b"a-", b"ab"]  # type: ignore[arg-type]


def test_a_name_is_there_for_good_once_its_folder_is_synced() -> None:
    made = (Name("f.part", 0), Write(0, 0, b"x"), Sync(0), Rename("f.part", "f"))
    assert sorted(found(*made), key=repr) == [{"f": b"x"}, {"f.part": b"x"}, {}]
    assert found(*made, SyncFolder(".")) == [{"f": b"x"}]
    assert sorted(found(*made, SyncFolder("."), Name("f", None)), key=repr) == [{"f": b"x"}, {}]


def test_a_file_is_lost_with_its_folder() -> None:
    made = (Name("a", -1), Name("a/f", 0), Write(0, 0, b"x"), Sync(0), SyncFolder("a"))
    assert sorted(found(*made), key=repr) == [{"a": None, "a/f": b"x"}, {}]
    assert found(*made, SyncFolder(".")) == [{"a": None, "a/f": b"x"}]


def test_what_is_relied_on_is_the_last_that_was_promised() -> None:
    disk = Disk({}, [])
    for value in (1, 2):
        disk.apply(Promise(("order", "o"), value))
    assert disk.promises == {("order", "o"): 2}
    disk.apply(Promise(("order", "o"), None))
    assert disk.promises == {}
