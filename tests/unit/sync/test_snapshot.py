"""A catalogue from the bytes of a snapshot: verified to the last one, or no file at all; never half, never a bomb."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from desktop_app.contract.wire import Manifest
from desktop_app.errors import Offline, ProtocolViolation, ShrinkNeedsConsent, StorageFailed
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_search import SearchQuery
from desktop_app.sync import snapshot as module
from desktop_app.sync.snapshot import ArrivingFile, BuildCancelled, BuildReport, build_catalog, check_shrink
from tests.support.catalog_feed import (
    NOW,
    body,
    checkpoint,
    manifest_of,
    product,
    put,
    real_products,
    snapshot,
    stock,
    sums,
)

ROWS = [product("A", "First"), product("B", "Second"), stock("N", "A", 4)]


def build(target: Path, packed: bytes, manifest: Manifest, **more: Any) -> BuildReport:
    """Build from chunks of a few bytes, as a slow network brings them."""
    size = max(1, len(packed) // 7)
    chunks = [packed[start : start + size] for start in range(0, len(packed), size)]
    return build_catalog(chunks, manifest, target, now=lambda: NOW, **more)


def packed_lines(*lines: dict[str, Any]) -> tuple[bytes, Manifest]:
    packed = zstandard.compress(body(*lines))
    rows = [line for line in lines if line["op"] == "put"]
    return packed, manifest_of(packed, **sums(rows))


def test_the_file_appears_whole_with_the_state_of_the_manifest(tmp_path: Path) -> None:
    target = tmp_path / "catalog-1.db"
    report = build(target, *snapshot(real_products(), version=300))
    assert [file.name for file in tmp_path.iterdir()] == ["catalog-1.db"]
    assert report.counts["products"] == 250
    with CatalogRepository(target) as repository:
        state = repository.state()
        assert (state.cursor, state.epoch, state.version, state.synced_at) == ("c300", "e1", 300, NOW)
        assert state.counts == sums(real_products())["counts"]
        assert state.hash == sums(real_products())["hash"]
        assert [one.sku for one in repository.search(SearchQuery("27gn950b")).products] == ["27GN950-B"]
        assert report.state == state


def test_download_and_build_run_side_by_side(tmp_path: Path) -> None:
    packed, manifest = snapshot(ROWS)
    arriving = ArrivingFile(tmp_path / "arriving.part")
    done: list[BuildReport] = []
    worker = threading.Thread(
        target=lambda: done.append(build_catalog(arriving, manifest, tmp_path / "catalog-1.db", now=lambda: NOW))
    )
    with (tmp_path / "arriving.part").open("wb", buffering=0) as file:
        worker.start()
        for start in range(0, len(packed), 10):
            arriving.grown(file.write(packed[start : start + 10]))
    assert worker.is_alive()
    arriving.close()
    worker.join(timeout=10)
    assert done[0].counts["products"] == 2


def test_a_download_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    packed, manifest = snapshot(ROWS)
    (tmp_path / "arriving.part").write_bytes(packed[:40])
    arriving = ArrivingFile(tmp_path / "arriving.part")
    arriving.grown(40)
    arriving.fail(Offline("The connection broke."))
    with pytest.raises(Offline):
        build_catalog(arriving, manifest, tmp_path / "catalog-1.db", now=lambda: NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["arriving.part"]


def test_a_file_that_goes_away_while_it_arrives_is_a_failure_of_the_disk(tmp_path: Path) -> None:
    _, manifest = snapshot(ROWS)
    arriving = ArrivingFile(tmp_path / "arriving.part")
    arriving.grown(40)
    with pytest.raises(StorageFailed):
        build_catalog(arriving, manifest, tmp_path / "catalog-1.db", now=lambda: NOW)
    assert list(tmp_path.iterdir()) == []


def flipped(packed: bytes) -> bytes:
    """The bytes with one bit of the last block changed."""
    return packed[:-6] + bytes([packed[-6] ^ 1]) + packed[-5:]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda packed, manifest: (packed, msgspec.structs.replace(manifest, sha256="0" * 64)), "digest"),
        (lambda packed, manifest: (packed, msgspec.structs.replace(manifest, bytes=len(packed) + 1)), "length"),
        (lambda packed, manifest: (packed, msgspec.structs.replace(manifest, bytes=len(packed) - 1)), "length"),
        (lambda packed, manifest: (packed + b"more", manifest), "length"),
        (lambda packed, manifest: (packed[:-9], manifest), None),
        (lambda packed, manifest: (flipped(packed), manifest), None),
        (lambda packed, manifest: (b"<html>" + packed[6:], manifest), "form"),
        (lambda packed, manifest: (b"", manifest), None),
        (lambda packed, manifest: (packed, msgspec.structs.replace(manifest, counts={"products": 3})), "counts"),
        (lambda packed, manifest: (packed, msgspec.structs.replace(manifest, epoch="e2")), "epoch"),
    ],
    ids=["digest", "longer", "shorter", "extra", "cut", "one bit", "portal", "nothing", "counts", "epoch"],
)
def test_bytes_that_are_not_what_was_announced_make_no_file(
    tmp_path: Path, spoil: Callable[[bytes, Manifest], tuple[bytes, Manifest]], reason: str | None
) -> None:
    with pytest.raises(ProtocolViolation) as caught:
        build(tmp_path / "catalog-1.db", *spoil(*snapshot(ROWS)))
    assert reason in {None, caught.value.params["reason"]}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "lines",
    [
        ROWS,
        [*ROWS, checkpoint(1), product("C")],
        [*ROWS, checkpoint(1), checkpoint(1)],
        [*ROWS, {"op": "put", "c": "products"}, checkpoint(1)],
        [product("A"), product("A"), checkpoint(1)],
        [*ROWS, checkpoint(1, counts={"products": 7})],
    ],
    ids=["no last line", "rows after it", "two last lines", "half a row", "doubled", "its own counts differ"],
)
def test_lines_that_are_no_catalogue_make_no_file(tmp_path: Path, lines: list[dict[str, Any]]) -> None:
    packed = zstandard.compress(body(*lines))
    with pytest.raises(ProtocolViolation):
        build(tmp_path / "catalog-1.db", packed, manifest_of(packed, counts={"products": 2, "stock": 1}, hash={}))
    assert list(tmp_path.iterdir()) == []


def test_a_bomb_is_stopped_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MIN_CAP_BYTES", 1 << 22)
    line = body(put("documents", "D", 1, text="x" * 1_000))
    packed = zstandard.compress(line * 200_000, 19)
    assert len(packed) < 60_000
    with pytest.raises(ProtocolViolation) as caught:
        build(tmp_path / "catalog-1.db", packed, manifest_of(packed, counts={"products": 1}, hash={}))
    assert caught.value.params["reason"] == "too-large"
    assert list(tmp_path.iterdir()) == []


def test_one_endless_line_is_stopped_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINE_BYTES", 1 << 16)
    packed = zstandard.compress(b'{"op":"put","c":"' + b"x" * (1 << 22))
    with pytest.raises(ProtocolViolation) as caught:
        build(tmp_path / "catalog-1.db", packed, manifest_of(packed, counts={"products": 1}, hash={}))
    assert caught.value.params["reason"] == "too-large"


def test_rows_that_cannot_be_read_and_what_is_unknown_are_told(tmp_path: Path) -> None:
    lines = [*ROWS, product("X", list_price="12,90"), put("documents", "D", 1), {"op": "merge"}, checkpoint(1)]
    report = build(tmp_path / "catalog-1.db", *packed_lines(*lines))
    assert [bad.id for bad in report.bad_rows] == ["X"]
    assert report.ignored == {"collection:documents": 1, "op:merge": 1}


@pytest.mark.parametrize(
    ("counts", "before", "collection"),
    [
        ({"products": 49, "stock": 90}, {"products": 100, "stock": 100}, "products"),
        ({"products": 90, "stock": 49}, {"products": 100, "stock": 100}, "stock"),
        ({"products": 0}, {}, "products"),
        ({}, {"products": 1}, "products"),
    ],
)
def test_a_much_smaller_or_empty_catalogue_needs_consent(
    counts: dict[str, int], before: dict[str, int], collection: str
) -> None:
    with pytest.raises(ShrinkNeedsConsent) as caught:
        check_shrink(counts, before)
    assert caught.value.params["collection"] == collection


def test_half_is_enough_and_growth_is_welcome() -> None:
    check_shrink({"products": 50, "stock": 50}, {"products": 100, "stock": 100})
    check_shrink({"products": 1}, {})


def test_consent_lets_the_small_one_in_and_without_it_nothing_is_read(tmp_path: Path) -> None:
    before = {"products": 1_000}

    def forbidden() -> Iterator[bytes]:
        raise AssertionError("nothing may be downloaded")
        yield b""

    packed, manifest = snapshot(ROWS)
    with pytest.raises(ShrinkNeedsConsent):
        build_catalog(forbidden(), manifest, tmp_path / "catalog-2.db", now=lambda: NOW, before=before)
    assert list(tmp_path.iterdir()) == []
    build(tmp_path / "catalog-2.db", packed, manifest, before=before, consent=True)
    assert (tmp_path / "catalog-2.db").exists()


def test_progress_goes_up_to_the_end_and_a_cancel_leaves_nothing(tmp_path: Path) -> None:
    packed, manifest = snapshot(real_products())
    told: list[tuple[str, int, int]] = []
    build(tmp_path / "catalog-1.db", packed, manifest, progress=lambda *step: told.append(step))
    done = [step[1] for step in told if step[0] == "build"]
    assert done == sorted(done)
    assert done[-1] == len(packed)
    assert told[-1] == ("index", 1, 1)

    with pytest.raises(BuildCancelled):
        build(tmp_path / "catalog-2.db", packed, manifest, cancelled=lambda: True)
    assert [file.name for file in tmp_path.iterdir()] == ["catalog-1.db"]


def test_a_folder_that_cannot_be_written_is_a_clear_failure(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        build(tmp_path / "nowhere" / "catalog-1.db", *snapshot(ROWS))


def test_the_catalogue_in_force_is_not_touched_by_a_failed_one(tmp_path: Path) -> None:
    target = tmp_path / "catalog-1.db"
    packed, manifest = snapshot(ROWS)
    build(target, packed, manifest)
    before = target.read_bytes()
    with pytest.raises(ProtocolViolation):
        build(target, packed[:-9], manifest)
    assert target.read_bytes() == before
