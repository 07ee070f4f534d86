"""kill -9 between "saved" and "accepted", twenty times: each order that was saved is at the server exactly once."""

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.support import worked_example
from tests.support.cutting_proxy import CuttingProxy
from tests.support.programs import BIN, Desk, ServerProcess, connect, joining_code, run

KILLS = 20
STEPS = ("GET /.well-known", "POST ", "PUT ", "GET ")


class Victim:
    """One `order new --send` that is killed at a moment of its own."""

    def __init__(self, desk: Desk, lines: Path) -> None:
        self._killed = threading.Event()
        self._process = subprocess.Popen(
            [str(BIN / "comptoir"), "--profile", str(desk.profile), "order", "new", "--file", str(lines), "--send"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **desk.secrets},
        )

    def kill(self) -> None:
        """End it without a word."""
        self._process.send_signal(signal.SIGKILL)
        self._killed.set()

    def output(self, patience_s: float) -> str:
        """What it printed before its end, at the latest `patience_s` from now."""
        try:
            return self._process.communicate(timeout=patience_s)[0]
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.communicate()[0]


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_killed_desk_never_loses_or_doubles_an_order(tmp_path: Path) -> None:
    rng = random.Random(20)
    data = tmp_path / "server"
    run("comptoir-server", "init", "--data", data)
    run("comptoir-server", "import", "--data", data, worked_example.write_files(tmp_path / "files"))
    with ServerProcess(data) as server, CuttingProxy(server.url) as network:
        desk = connect(tmp_path / "desk", network.url, joining_code(data, "D42"))
        started = time.monotonic()
        order_to_compare = desk("order", "new", "--file", lines_file(tmp_path, 0), "--send").json
        duration = time.monotonic() - started
        assert order_to_compare["status"] == "accepted"
        announced = [order_to_compare["order_id"]]
        for number in range(1, KILLS + 1):
            announced += killed_at_a_random_moment(desk, network, lines_file(tmp_path, number), duration, rng)
        desk("sync")
        kept = desk("order", "list", "--json").json["orders"]
    booked = Counter(
        row["order_id"] for row in run("comptoir-server", "report", "--data", data, "--json").json["orders"]
    )
    assert len(booked) > KILLS // 4, "most were killed before anything was saved: the moments prove nothing"
    assert set(booked.values()) == {1}
    sent = {row["order_id"] for row in kept if row["status"] != "draft"}
    assert sent == set(booked)
    assert set(announced) <= sent
    assert {row["status"] for row in kept if row["order_id"] in sent} == {"accepted"}
    assert desk("queue", "--json").json["queue"] == []
    assert desk("doctor", "--json").json["desk_integrity"] == "ok"


def killed_at_a_random_moment(
    desk: Desk, network: CuttingProxy, lines: Path, duration: float, rng: random.Random
) -> list[str]:
    """Start, kill, and return the ids of the orders it had announced as saved."""
    victim = Victim(desk, lines)
    if rng.random() < 0.5:
        output = victim.output(rng.uniform(0.3, 1.0) * duration)
    else:
        step = rng.choice(STEPS)
        pause = rng.choice((0.0, rng.uniform(0.0, 0.05)))

        def strike(request: str) -> None:
            if request.startswith(step):
                time.sleep(pause)
                victim.kill()

        network.on_request = strike
        output = victim.output(duration * 3)
        network.on_request = lambda request: None
    return [json.loads(output)["order_id"]] if output.endswith("}\n") else []


def lines_file(folder: Path, number: int) -> Path:
    """A file with another quantity for each order."""
    path = folder / f"lines-{number}.csv"
    path.write_text(f"sku,quantity\nTN1,{number + 1}\n", encoding="utf-8")
    return path
