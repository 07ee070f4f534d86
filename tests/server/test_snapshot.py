"""The snapshot: one immutable file, provable, resumable, made when the catalogue changed and not for stock alone."""

import hashlib
import json
import os
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import zstandard

from desktop_app.contract.wire import HASH_MODULUS, hash_text, row_hash
from manufacturer_server import snapshot, snapshot_address
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from tests.support import worked_example
from tests.support.server import new_server
from tests.support.shop import Desk, Shop, StandingClock

SHARED = "families,wholesalers,products,stock,stock_dates"


def lines_of(content: bytes) -> list[dict[str, Any]]:
    plain = zstandard.ZstdDecompressor().stream_reader(content).read()
    return [json.loads(line) for line in plain.splitlines()]


def file_of(desk: Desk) -> str:
    """The name of the file that the manifest leads to."""
    return str(urlsplit(desk.get("catalog").json()["url"]).path.rpartition("/")[2])


def test_the_file_is_what_its_manifest_says(desk: Desk) -> None:
    manifest = desk.get("catalog").json()
    answer = desk.http.get(manifest["url"])
    assert answer.headers["content-type"] == "application/zstd"
    assert "content-encoding" not in answer.headers
    assert (len(answer.content), hashlib.sha256(answer.content).hexdigest()) == (manifest["bytes"], manifest["sha256"])
    *rows, checkpoint = lines_of(answer.content)
    assert list(dict.fromkeys(row["c"] for row in rows)) == SHARED.split(",")
    for name in SHARED.split(","):
        mine = [row for row in rows if row["c"] == name]
        share = sum(row_hash(row["id"], row["rev"]) for row in mine) % HASH_MODULUS
        assert manifest["counts"][name] == checkpoint["counts"][name] == len(mine)
        assert manifest["hash"][name] == checkpoint["hash"][name] == hash_text(share)
    assert (checkpoint["op"], checkpoint["more"], checkpoint["cursor"]) == ("checkpoint", False, manifest["cursor"])
    assert checkpoint["version"] == manifest["version"]


def test_the_feed_goes_on_where_the_file_ends(shop: Shop, desk: Desk) -> None:
    manifest = desk.get("catalog").json()
    rows = lines_of(desk.http.get(manifest["url"]).content)[:-1]
    assert sorted(rows, key=str) == sorted(desk.rows(SHARED)[:-1], key=str)
    assert shop.take_in(stock=worked_example.FILES["stock.csv"].replace("N,TN1,140", "N,TN1,7")).exit_code == 0
    changed, _ = desk.rows(SHARED, manifest["cursor"])
    assert (changed["id"], changed["d"]["available"]) == ("N/TN1", 7)
    other = shop.desk("D43")
    assert other.rows(SHARED, manifest["cursor"])[0] == changed


def test_products_come_best_first(shop: Shop, desk: Desk) -> None:
    products = (
        "sku,name,list_price,vat_rate,status\n"
        "OLD,Old,1,20,stopped\nOUT,Out of stock,1,20,active\nHERE,Here,1,20,\nHERE2,Here too,1,20,\n"
    )
    stock = "wholesaler,sku,available\nN,OLD,5\nN,OUT,0\nN,HERE,3\nS,OUT,0\nS,HERE2,1\n"
    shop.clock.forward(hours=2)
    assert shop.take_in(products=products, stock=stock).exit_code == 0
    rows = lines_of(desk.http.get(desk.get("catalog").json()["url"]).content)
    assert [row["id"] for row in rows if row.get("c") == "products"] == ["HERE", "HERE2", "OUT", "OLD"]
    assert [row["id"] for row in rows if row.get("c") == "stock"][:2] == ["N/HERE", "S/HERE2"]


def test_a_broken_download_is_taken_up_again(desk: Desk) -> None:
    manifest = desk.get("catalog").json()
    whole = desk.http.get(manifest["url"])
    size = manifest["bytes"]
    for header, first, last in (
        ("bytes=0-", 0, size - 1),
        ("bytes=100-", 100, size - 1),
        ("bytes=5-9", 5, 9),
        (f"bytes={size - 1}-", size - 1, size - 1),
        ("bytes=-10", size - 10, size - 1),
        (f"bytes=5-{size * 2}", 5, size - 1),
    ):
        part = desk.http.get(manifest["url"], headers={"Range": header, "If-Range": whole.headers["etag"]})
        assert part.status_code == 206, header
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
        assert part.content == whole.content[first : last + 1]
    for header in (f"bytes={size}-", "bytes=9-5", "bytes=x-", "bytes=-", "lines=1-2", "bytes=1-2,4-5"):
        assert desk.http.get(manifest["url"], headers={"Range": header}).status_code == 416, header
    other = desk.http.get(manifest["url"], headers={"Range": "bytes=5-", "If-Range": '"another"'})
    assert (other.status_code, other.content) == (200, whole.content)


def test_the_file_never_changes_and_says_so(desk: Desk) -> None:
    url = desk.get("catalog").json()["url"]
    answer = desk.http.get(url)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    same = desk.http.get(url, headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_the_address_needs_no_token_and_holds_for_a_day(shop: Shop, desk: Desk) -> None:
    manifest = desk.get("catalog").json()
    answer = shop.http.get(manifest["url"])
    assert hashlib.sha256(answer.content).hexdigest() == manifest["sha256"]
    shop.clock.forward(hours=24)
    part = shop.http.get(manifest["url"], headers={"Range": "bytes=100-"})
    assert (part.status_code, part.content) == (206, answer.content[100:])
    shop.clock.forward(hours=1)
    late = shop.http.get(manifest["url"])
    assert (late.status_code, late.json()["type"]) == (403, "urn:order-sync:address-expired")
    assert (late.json()["retry"], late.headers["cache-control"]) == ("resync", "no-store")
    assert shop.http.get(desk.get("catalog").json()["url"]).content == answer.content


def test_an_address_of_ones_own_making_leads_nowhere(shop: Shop, desk: Desk) -> None:
    url = httpx.URL(desk.get("catalog").json()["url"])
    expires, signature = url.params["expires"], url.params["signature"]
    another = "B" if signature[0] == "A" else "A"
    for made_up in (
        url.copy_remove_param("signature"),
        url.copy_remove_param("expires"),
        url.copy_with(query=None),
        url.copy_set_param("expires", str(int(expires) + 3_600)),
        url.copy_set_param("expires", "x"),
        url.copy_set_param("signature", another + signature[1:]),
        url.copy_set_param("signature", "é"),
        url.copy_with(path=url.path.replace("D42", "D43")),
        url.copy_with(path=url.path.replace("/catalog/", "/catalog/0")),
    ):
        for client in (shop.http, desk.http):
            answer = client.get(made_up)
            assert (answer.status_code, answer.json()["type"]) == (404, "urn:order-sync:not-found"), made_up


def test_a_new_file_for_a_changed_catalogue_at_most_once_an_hour(shop: Shop, desk: Desk) -> None:
    first = desk.get("catalog").json()
    dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37")
    assert shop.take_in(products=dearer).exit_code == 0
    assert desk.get("catalog").json() == first
    shop.clock.forward(minutes=59)
    assert shop.take_in(products=dearer.replace("158.37", "168.37")).exit_code == 0
    assert desk.get("catalog").json()["sha256"] == first["sha256"]
    shop.clock.forward(minutes=2)
    assert shop.take_in(products=dearer.replace("158.37", "178.37")).exit_code == 0
    second = desk.get("catalog").json()
    assert second["version"] > first["version"]
    assert "178.37" in str(lines_of(desk.http.get(second["url"]).content))
    assert desk.http.get(first["url"]).status_code == 200


def test_the_file_is_there_before_anybody_asks_for_it(shop: Shop) -> None:
    """At the end of an import; and what became due later, when the server looks, as at its start."""
    before = set((shop.data / "snapshots").iterdir())
    shop.clock.forward(hours=2)
    dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37")
    assert shop.take_in(products=dearer).exit_code == 0
    (made,) = set((shop.data / "snapshots").iterdir()) - before
    assert shop.take_in(products=dearer.replace("158.37", "168.37")).exit_code == 0
    assert set((shop.data / "snapshots").iterdir()) - before == {made}
    with closing(Database.open(shop.data)) as database:
        shop.clock.forward(hours=2)
        snapshot.publish(database, shop.clock())
    (later,) = set((shop.data / "snapshots").iterdir()) - before - {made}
    assert file_of(shop.desk()) == later.name


def test_a_starting_server_makes_what_is_missing(shop: Shop, desk: Desk) -> None:
    """A backup holds no snapshots; whoever is served first need not wait for one."""
    with shop.stopped():
        for path in (shop.data / "snapshots").iterdir():
            path.unlink()
    for _ in range(1_000):
        if made := list((shop.data / "snapshots").glob(f"*{snapshot.SUFFIX}")):
            break
        time.sleep(0.01)
    assert [path.name for path in made] == [file_of(desk)]


def test_nobody_waits_for_a_file_that_is_due(shop: Shop, desk: Desk) -> None:
    """Whatever is in force serves until the new one is there: what changed since comes as changes."""
    first = file_of(desk)
    shop.take_in(products=worked_example.FILES["products.csv"].replace("148.37", "158.37"))
    shop.clock.forward(hours=3)
    assert file_of(desk) == first


def test_stock_alone_never_makes_a_new_file(shop: Shop, desk: Desk) -> None:
    first = file_of(desk)
    shop.clock.forward(hours=5)
    assert shop.take_in(stock=worked_example.FILES["stock.csv"].replace("140", "139")).exit_code == 0
    assert file_of(desk) == first


def test_an_import_stands_though_its_snapshot_cannot_be_made(shop: Shop, desk: Desk) -> None:
    first = desk.get("catalog").json()
    shop.clock.forward(hours=2)
    folder = shop.data / "snapshots"
    folder.rename(shop.data / "elsewhere")
    folder.write_bytes(b"in the way")
    report = shop.take_in(products=worked_example.FILES["products.csv"].replace("148.37", "158.37"))
    assert report.exit_code == 0
    assert [note for note in report.notes if "snapshot could not be made" in note]
    changed = desk.rows(SHARED, first["cursor"])[0]
    assert changed["d"]["list_price"] == "158.37"
    refused = desk.get("catalog")
    assert (refused.status_code, refused.json()["retry"]) == (503, "later")
    folder.unlink()
    assert desk.get("catalog").json()["version"] > first["version"]


def test_a_file_is_kept_while_an_address_may_lead_to_it(shop: Shop, desk: Desk) -> None:
    urls, names = [], []
    for cents in range(10, 16):
        shop.clock.forward(hours=7)
        shop.take_in(products=worked_example.FILES["products.csv"].replace("148.37", f"148.{cents}"))
        urls.append(desk.get("catalog").json()["url"])
        names.append(file_of(desk))
    assert len(set(names)) == 6
    assert {path.name for path in (shop.data / "snapshots").iterdir()} == set(names[1:])
    assert [desk.http.get(url).status_code for url in urls] == [403, 403, 200, 200, 200, 200]
    shop.clock.forward(days=3)
    with closing(Database.open(shop.data)) as database:
        snapshot.publish(database, shop.clock())
    assert [path.name for path in (shop.data / "snapshots").iterdir()] == names[-1:]


def test_what_no_book_names_is_cleared_away_later(shop: Shop) -> None:
    """The rest of a making that was cut short, or files of a history that was put back."""
    folder = shop.data / "snapshots"
    (mine,) = folder.iterdir()
    young, old = folder / ".1.part", folder / f"{'0' * 64}{snapshot.SUFFIX}"
    for path, hours in ((young, 1), (old, 30)):
        path.write_bytes(b"")
        written = shop.clock().timestamp() - hours * 3_600
        os.utime(path, (written, written))
    with closing(Database.open(shop.data)) as database:
        snapshot.publish(database, shop.clock())
    assert set(folder.iterdir()) == {mine, young}


def test_a_lost_file_is_made_again(shop: Shop, desk: Desk) -> None:
    for path in (shop.data / "snapshots").iterdir():
        path.unlink()
    manifest = desk.get("catalog").json()
    assert hashlib.sha256(desk.http.get(manifest["url"]).content).hexdigest() == manifest["sha256"]


def test_a_new_epoch_has_a_file_of_its_own(shop: Shop, desk: Desk) -> None:
    first = desk.get("catalog").json()
    fresh = shop.renew_epoch()
    second = desk.get("catalog").json()
    assert second["epoch"] == fresh
    assert second["sha256"] != first["sha256"]
    assert desk.changes(SHARED, second["cursor"]).status_code == 200


def test_nothing_but_snapshots_is_served_from_there(shop: Shop, desk: Desk) -> None:
    for name in ("..%2Fserver.db", "server.db", "%2e%2e%2fserver.db", "0.ndjson.zst", "..ndjson.zst", "a/b.ndjson.zst"):
        with closing(Database.open(shop.data)) as database, database.reading() as connection:
            url = snapshot_address.signed(identity(connection), "D42", unquote(name), shop.clock())
        answer = desk.http.get(url)
        assert answer.status_code == 404, name
        assert b"SQLite" not in answer.content


def test_before_the_first_import_there_is_nothing_to_fetch(tmp_path: Path, clock: StandingClock) -> None:
    with closing(Shop(new_server(tmp_path / "data"), tmp_path / "files", clock)) as shop:
        shop.take_in(dealers=worked_example.FILES["dealers.csv"])
        desk = shop.desk("D42")
        answer = desk.get("catalog")
        assert (answer.status_code, answer.json()["retry"]) == (503, "later")
        assert answer.json()["type"] == "urn:order-sync:catalogue-empty"
        assert answer.headers["retry-after"]
        shop.take_in(products=worked_example.FILES["products.csv"])
        assert desk.get("catalog").status_code == 200
