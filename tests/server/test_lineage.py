"""The epochs of a history: how it is known that one was lost, and what never happens twice after it."""

import pytest

from manufacturer_server.cli import main
from tests.support.shop import Desk, Shop, order


def test_a_new_epoch_stops_all_writes_until_desks_have_looked_up(
    shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    cursor = desk.rows("orders")[-1]["cursor"]
    data = ["--data", str(shop.data)]
    assert main(["epoch", *data]) == 0
    assert "no history was ever lost" in capsys.readouterr().out
    assert main(["epoch", *data, "--renew", "--reason", "copied back by hand"]) == 0
    said = capsys.readouterr().out
    assert "jump ahead" in said
    fresh = shop.http.get("/.well-known/order-sync").json()["epoch"]
    assert fresh != desk.epoch
    assert [line.split("  ")[1:] for line in said.splitlines()[2:]] == [
        [desk.epoch, "founded"],
        [fresh, "copied back by hand"],
    ]
    refused = desk.send(order())
    assert (refused.status_code, refused.json()["epoch"]) == (412, fresh)
    assert desk.changes("orders", cursor).json()["type"] == "urn:order-sync:epoch-changed"
    desk.epoch = fresh
    assert desk.send(order()).status_code == 201


def test_a_new_epoch_needs_a_reason(shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (["--renew"], ["--reason", "x"]):
        assert main(["epoch", "--data", str(shop.data), *asked]) == 1
        assert "go together" in capsys.readouterr().err
    assert shop.http.get("/.well-known/order-sync").json()["epoch"] == desk.epoch


def test_all_that_is_counted_jumps_beyond_what_was_lost(shop: Shop, desk: Desk) -> None:
    desk.send(order())
    before = desk.rows("orders")[-1]["version"]
    main(["export", "--data", str(shop.data), "--out", str(shop.files / "out")])
    numbers = []
    for _ in range(2):
        desk.epoch = shop.renew_epoch()
        numbers.append(desk.send(order()).json()["order_no"])
        main(["export", "--data", str(shop.data), "--out", str(shop.files / "out")])
    assert numbers == ["MF-2026-020001", "MF-2026-040001"]
    assert desk.rows("orders")[-1]["version"] > before + 2_000_000
    names = sorted(path.name[:13] for path in (shop.files / "out").iterdir())
    assert names == ["orders-000001", "orders-001002", "orders-002003"]


def test_orders_priced_with_terms_of_the_lost_history_are_judged_not_turned_away(shop: Shop, desk: Desk) -> None:
    version = desk.rows("terms")[-1]["version"] + 500
    assert desk.send(order(terms_version=version)).json()["type"] == "urn:order-sync:terms-unknown"
    desk.epoch = shop.renew_epoch()
    assert desk.send(order(terms_version=version)).status_code == 201
