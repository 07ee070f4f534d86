"""Desks that are too old are told what they need, and nothing of theirs is recorded; every desk may always ask that."""

from pathlib import Path

import pytest

from manufacturer_server.cli import main
from tests.support.shop import Desk, Shop, order


def require(data: Path, version: str) -> None:
    assert main(["require", "--data", str(data), "--client-minimum", version]) == 0


@pytest.fixture
def demanding(shop: Shop, desk: Desk) -> Desk:
    """A desk of a manufacturer that wants version 0.3."""
    with shop.stopped():
        require(shop.data, "0.3")
    return desk


def test_an_old_desk_is_told_what_it_needs_whatever_it_asks_for(shop: Shop, demanding: Desk) -> None:
    document = order(terms_version=20, catalog_version=11)
    for version in ("", "0.2.9", "nonsense"):
        headers = {"Client-Version": version} if version else {}
        for refused in (
            demanding.get("catalog", headers=headers),
            demanding.get("events", headers=headers),
            demanding.send(document, **headers),
            shop.http.get("/v1/accounts/D43/catalog", headers=headers),
            shop.http.post("/v1/join", json={"code": "X", "client_instance": "i"}, headers=headers),
        ):
            problem = refused.json()
            assert (refused.status_code, problem["type"]) == (426, "urn:order-sync:client-too-old")
            assert (problem["retry"], problem["client_minimum"]) == ("upgrade", "0.3")
    assert shop.http.get("/.well-known/order-sync").json()["client_minimum"] == "0.3"
    accepted = demanding.send(document, **{"Client-Version": "0.3.0"})
    assert (accepted.status_code, accepted.headers.get("idempotency-replayed")) == (201, None)


def test_a_running_server_notices_what_is_required_within_a_moment(shop: Shop, desk: Desk) -> None:
    assert desk.get("catalog").status_code == 200
    require(shop.data, "0.3")
    while desk.get("catalog").status_code != 426:
        continue
    require(shop.data, "none")
    while desk.get("catalog").status_code != 200:
        continue


def test_the_command_says_what_is_required(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    assert main(["init", "--data", str(data), "--client-minimum", "1.2"]) == 0
    capsys.readouterr()
    assert main(["require", "--data", str(data)]) == 0
    assert capsys.readouterr().out == "Desks need version 1.2 or later.\n"
    require(data, "none")
    assert capsys.readouterr().out == "Desks of every version are served.\n"
    assert main(["require", "--data", str(tmp_path / "absent"), "--client-minimum", "1"]) == 1
    assert main(["init", "--data", str(tmp_path / "other")]) == 0
    for nonsense in ("latest", "1.", "-1", "1.2.3.4.5", ""):
        with pytest.raises(SystemExit):
            main(["require", "--data", str(data), "--client-minimum", nonsense])
