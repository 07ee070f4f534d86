"""When the practice manufacturer is founded, started and joined, and what a trainer may do."""

import asyncio
from pathlib import Path

import pytest

from desktop_app.errors import ActionNotPossible
from desktop_app.events import Event, EventBus, SyncProgress
from desktop_app.paths import ProfilePaths
from desktop_app.services.practice_service import PracticeAccess, PracticeService


class Desk:
    """A practice desk that notes what it is told."""

    def __init__(self) -> None:
        self.unplugged = False
        self.told: list[object] = []

    async def practice_clock(self, **changes: float) -> dict[str, object]:
        self.told.append(changes)
        return {"speed": 1.0}

    def moved(self, server_url: str) -> None:
        self.told.append(server_url)


class Server:
    """A practice server that notes what happens to it."""

    def __init__(self) -> None:
        self.founded = self.running = False
        self.steps: list[str] = []

    def found(self) -> None:
        self.founded = True
        self.steps.append("found")

    def start(self) -> str:
        self.running = True
        self.steps.append("start")
        return f"http://127.0.0.1:{len(self.steps)}"

    def joining_code(self, account: str) -> str:
        return f"code of {account}"

    def stop(self) -> None:
        self.running = False
        self.steps.append("stop")

    def remove(self) -> None:
        self.founded = False
        self.steps.append("remove")


class Practice:
    """The service with its surroundings."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk: Desk | None = None
        self.joined: list[tuple[str, str]] = []
        self.events: list[Event] = []
        self.server = Server()
        monkeypatch.setattr("desktop_app.services.practice_service.PracticeServer", lambda data: self.server)
        bus = EventBus()
        bus.subscribe(self.events.append)
        self.service = PracticeService(
            ProfilePaths(root), bus, PracticeAccess(self.join, lambda: self.desk, self.forget)
        )

    async def join(self, url: str, code: str) -> None:
        self.joined.append((url, code))
        self.desk = Desk()

    async def forget(self) -> None:
        self.desk = None


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Practice:
    return Practice(tmp_path, monkeypatch)


def test_first_use_founds_starts_and_joins(first: Practice) -> None:
    asyncio.run(first.service.start())
    asyncio.run(first.service.start())
    assert first.server.steps == ["found", "start"]
    assert first.joined == [("http://127.0.0.1:2", "code of D101")]
    assert [event.stage for event in first.events if isinstance(event, SyncProgress)] == ["found", "found"]


def test_a_second_start_only_says_where_it_is(first: Practice) -> None:
    asyncio.run(first.service.start())
    asyncio.run(first.service.stop())
    asyncio.run(first.service.start())
    assert first.desk is not None
    assert first.desk.told == ["http://127.0.0.1:4"]
    assert len(first.joined) == 1


def test_a_practice_server_somebody_else_runs_is_left_alone(first: Practice) -> None:
    first.desk = Desk()
    asyncio.run(first.service.start())
    assert first.server.steps == []


def test_beginning_anew(first: Practice) -> None:
    with pytest.raises(ActionNotPossible):
        asyncio.run(first.service.reset())
    asyncio.run(first.service.start())
    asyncio.run(first.service.reset("D103"))
    assert first.server.steps == ["found", "start", "stop", "remove", "found", "start"]
    assert first.joined[-1][1] == "code of D103"


def test_clock_and_cable(first: Practice) -> None:
    with pytest.raises(ActionNotPossible):
        first.service.go_offline()
    assert not first.service.offline
    asyncio.run(first.service.start())
    assert first.desk is not None
    first.service.go_offline()
    assert first.service.offline
    first.service.go_online()
    assert not first.service.offline
    asyncio.run(first.service.set_speed(60))
    asyncio.run(first.service.advance(90))
    asyncio.run(first.service.clock())
    assert first.desk.told == [{"speed": 60}, {"advance_minutes": 90}, {}]
