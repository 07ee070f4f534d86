"""The snapshot: one immutable file, provable, resumable, made when the catalogue changed and not for stock alone."""

import hashlib
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import zstandard

from desktop_app.contract.wire import HASH_MODULUS, hash_text, row_hash
from tests.support import worked_example
from tests.support.server import new_server
from tests.support.shop import Desk, Shop, StandingClock

SHARED = "families,wholesalers,products,stock,stock_dates"


def lines_of(content: bytes) -> list[dict[str, Any]]:
    plain = zstandard.ZstdDecompressor().stream_reader(content).read()
    return [json.loads(line) for line in plain.splitlines()]


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
    assert shop.take_in(products=products, stock=stock).exit_code == 0
    shop.clock.forward(hours=2)
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
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    same = desk.http.get(url, headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_a_new_file_for_a_changed_catalogue_at_most_once_an_hour(shop: Shop, desk: Desk) -> None:
    first = desk.get("catalog").json()
    dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37")
    assert shop.take_in(products=dearer).exit_code == 0
    assert desk.get("catalog").json() == first
    shop.clock.forward(minutes=59)
    assert desk.get("catalog").json() == first
    shop.clock.forward(minutes=2)
    second = desk.get("catalog").json()
    assert second["version"] > first["version"]
    assert "158.37" in str(lines_of(desk.http.get(second["url"]).content))
    assert desk.http.get(first["url"]).status_code == 200


def test_stock_alone_never_makes_a_new_file(shop: Shop, desk: Desk) -> None:
    first = desk.get("catalog").json()
    shop.clock.forward(hours=5)
    assert shop.take_in(stock=worked_example.FILES["stock.csv"].replace("140", "139")).exit_code == 0
    assert desk.get("catalog").json() == first


def test_only_the_latest_files_are_kept_and_a_lost_one_is_made_again(shop: Shop, desk: Desk) -> None:
    urls = [desk.get("catalog").json()["url"]]
    for cents in range(10, 15):
        shop.clock.forward(hours=2)
        shop.take_in(products=worked_example.FILES["products.csv"].replace("148.37", f"148.{cents}"))
        urls.append(desk.get("catalog").json()["url"])
    assert len(set(urls)) == 6
    assert [desk.http.get(url).status_code for url in urls] == [404, 404, 404, 200, 200, 200]
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
        answer = desk.get(f"catalog/{name}")
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
