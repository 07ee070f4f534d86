"""Opening a profile: fresh, connected, damaged, late imports."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.application import Application
from desktop_app.credentials import Credentials
from desktop_app.errors import NotConnected, StorageFailed, VaultUnavailable
from tests.support.offline_desk import KEY, TOKEN, offline_desk


def test_a_fresh_profile_knows_nobody_and_writes_nothing(tmp_path: Path) -> None:
    application = Application.open(tmp_path / "desk", credentials=Credentials({}))
    assert (application.connected, application.identity) == (False, None)
    for name in ("catalog", "orders", "sync"):
        with pytest.raises(NotConnected):
            getattr(application, name)
    application.close_files()
    assert not (tmp_path / "desk").exists()


def test_a_connected_profile_opens_with_everything_it_had(tmp_path: Path) -> None:
    first = offline_desk(tmp_path / "desk")
    order_id = first.orders.new_draft("BC-7").order_id
    first.close_files()
    first.close_files()
    again = offline_desk(tmp_path / "desk")
    assert again.identity is not None
    assert (again.identity.dealer, again.identity.group) == ("Bureautique Morvan", "gold")
    assert [draft.order_id for draft in again.orders.drafts()] == [order_id]
    assert again.catalog.product("TN1") is not None
    again.close_files()


def test_without_its_key_it_does_not_open_and_nothing_is_touched(tmp_path: Path) -> None:
    offline_desk(tmp_path / "desk").close_files()
    before = (tmp_path / "desk" / "desk.db").read_bytes()
    wrong = {"COMPTOIR_TOKEN": TOKEN, "COMPTOIR_DESK_KEY": KEY[::-1].hex()}
    with pytest.raises(StorageFailed):
        Application.open(tmp_path / "desk", credentials=Credentials(wrong))
    with pytest.raises(VaultUnavailable):
        Application.open(tmp_path / "desk", credentials=Credentials({}))
    assert (tmp_path / "desk" / "desk.db").read_bytes() == before


def test_the_first_screen_waits_for_neither_network_nor_key_store(tmp_path: Path) -> None:
    offline_desk(tmp_path / "desk").close_files()
    script = (
        "import sys; from pathlib import Path; from desktop_app.application import Application\n"
        f"application = Application.open(Path({str(tmp_path / 'desk')!r}))\n"
        "assert application.catalog.search('toner').rows\n"
        "late = {'httpx', 'keyring', 'sqlite_utils', 'zstandard', 'numpy', 'anyio'} & set(sys.modules)\n"
        "application.close_files(); print(sorted(late))"
    )
    environment = {"COMPTOIR_TOKEN": TOKEN, "COMPTOIR_DESK_KEY": KEY.hex(), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
