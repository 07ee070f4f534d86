"""Practising with the real practice manufacturer: founded on first use, followed, sped up, cut off, begun anew."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.application import Application
from desktop_app.credentials import Credentials
from desktop_app.domain.order import Status
from desktop_app.errors import VaultUnavailable
from desktop_app.services.practice_server import PracticeServer
from tests.support.desks import MemoryStore, run, until


def no_key_store() -> MemoryStore:
    raise VaultUnavailable("Practice needs none.")


def opened(root: Path) -> Application:
    return Application.open(root, credentials=Credentials({}, store=no_key_store))


async def status_of(application: Application, order_id: str, wanted: Status) -> None:
    """Wait until the order is that far."""
    await until(lambda: application.orders.summary(order_id).status is wanted)


def test_a_practised_order_from_first_start_to_invoice(tmp_path: Path) -> None:
    async def first_start(application: Application) -> str:
        await application.practice.start()
        await application.start()
        identity = application.identity
        assert identity is not None
        assert identity.practice
        found = application.catalog.search("")
        assert found.capped
        application.practice.go_offline()
        draft = application.orders.new_draft()
        draft.add(found.rows[0].sku)
        order_id = draft.submit().summary.order_id
        assert not (await application.sync.round()).online
        assert application.sync.status().waiting == 1
        assert application.practice.offline
        application.practice.go_online()
        await status_of(application, order_id, Status.ACCEPTED)
        await application.practice.advance(7 * 24 * 60)
        await status_of(application, order_id, Status.INVOICED)
        await application.close()
        return order_id

    async def second_start(application: Application, order_id: str) -> None:
        await application.start()
        assert (await application.sync.round()).online
        assert application.orders.summary(order_id).status is Status.INVOICED
        await application.close()

    order_id = run(first_start(opened(tmp_path / "practice")))
    run(second_start(opened(tmp_path / "practice"), order_id))


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_the_manufacturer_ends_with_the_desktop_however_that_ends(data: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop_app.services.practice_server import PracticeServer\n"
        f"server = PracticeServer(Path({str(data)!r})); print(server.start(), server._process.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    desktop = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert desktop.stdout is not None
    url, pid = desktop.stdout.readline().split()
    assert url.startswith("http://127.0.0.1:")
    desktop.kill()
    desktop.communicate()

    run(until(lambda: not _alive(int(pid))))


def test_it_stops_when_told(data: Path) -> None:
    server = PracticeServer(data)
    server.start()
    assert server.running
    server.stop()
    assert not server.running


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIG_DFL)
    except ProcessLookupError:
        return False
    # An orphan that has ended stays in the list until somebody asks for its end.
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
