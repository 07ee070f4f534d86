"""The main job on the desktop: real windows and focus, keys, key store, and the real server on a socket."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import worked_example
from tests.support.key_store import key_store as key_store
from tests.support.programs import ServerProcess, joining_code, run
from tests.support.screen import screen as screen

PHASE_LIMIT_S = 150


class DesktopProcess:
    """One start of the desktop, driven through one phase."""

    def __init__(self, env: dict[str, str], phase: str, profile: Path, out: Path, *arguments: str | Path) -> None:
        out.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.desktop_phases", phase, str(profile), str(out), *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **env},
            cwd=Path(__file__).parents[2],
        )

    def result(self) -> dict[str, object]:
        """Wait for its end; what it saw."""
        out, err = self._process.communicate(timeout=PHASE_LIMIT_S)
        assert self._process.returncode == 0, err[-3000:]
        seen: dict[str, object] = json.loads(out.splitlines()[-1])
        return seen

    @property
    def ended(self) -> bool:
        """Whether it has ended already."""
        return self._process.poll() is not None


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A manufacturer's server with the files of the worked example."""
    data = tmp_path / "server"
    run("comptoir-server", "init", "--data", data)
    run("comptoir-server", "import", "--data", data, worked_example.write_files(tmp_path / "files"))
    return data


def test_found_ordered_offline_restarted_reconnected_accepted_shipped_invoiced(
    data: Path, tmp_path: Path, key_store: dict[str, str], screen: dict[str, str]
) -> None:
    machine = {**key_store, **screen}
    profile, pictures, gate = tmp_path / "desk", tmp_path / "pictures", tmp_path / "gate"
    gate.write_text("", encoding="utf-8")
    server = ServerProcess(data)
    server.start()
    first = DesktopProcess(
        machine, "connect_and_send_offline", profile, pictures, server.url, joining_code(data, "D42"), gate
    )
    deadline = time.monotonic() + PHASE_LIMIT_S
    while gate.read_text(encoding="utf-8") != "connected" and not first.ended and time.monotonic() < deadline:
        time.sleep(0.05)
    server.stop()
    gate.write_text("server stopped", encoding="utf-8")
    offline = first.result()
    assert offline["found"] == ["TN1"]
    assert (offline["status"], offline["order_no"], offline["reference"]) == ("submitted", "", "BC-7")
    assert offline["unit_nets"] == worked_example.UNIT_NETS
    assert (offline["goods"], offline["total"]) == ("2221.40", "2665.59")
    assert not any(b"Morvan" in path.read_bytes() for path in profile.glob("desk.db*")), "desk.db is readable"
    with server:
        accepted = DesktopProcess(machine, "reconnect", profile, pictures).result()
        assert (accepted["status"], accepted["delivery_state"]) == ("accepted", "done")
        (order,) = run("comptoir-server", "report", "--data", data, "--json").json["orders"]
        assert (order["order_no"], order["total"]) == (accepted["order_no"], "2665.59")
        for state, status in (("shipped", "shipped"), ("invoiced", "invoiced")):
            import_progress(data, tmp_path, str(accepted["order_no"]), state)
            assert DesktopProcess(machine, "follow", profile, pictures, status).result()["status"] == status


def import_progress(data: Path, folder: Path, order_no: str, state: str) -> None:
    """The manufacturer's own system says how far the order is."""
    rows = [f"{order_no},N,{sku},{state},{n},2026-12-02" for sku, n in (("TN1", 12), ("MF9", 2), ("BK1", 3))]
    path = folder / "status.csv"
    path.write_text("order_no,wholesaler,sku,state,quantity,date\n" + "\n".join(rows) + "\n", encoding="utf-8")
    run("comptoir-server", "import", "--data", data, path)
