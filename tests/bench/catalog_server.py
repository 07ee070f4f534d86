"""A process that serves one snapshot file to any desk, over a link of a given speed.

`python -m tests.bench.catalog_server FILE MANIFEST [BITS_A_SECOND]` prints its address and a joining code, and ends
with its standard input.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import msgspec

from desktop_app.contract.wire import Manifest
from tests.support.programs import environment
from tests.support.second_server.feed import SHARED, Feed, now
from tests.support.second_server.goods import DEALER
from tests.support.second_server.refusals import encoded
from tests.support.second_server.web import Handler, Manufacturer, SecondServer

_PIECE = 1 << 14


class OneFile(Feed):
    """A catalogue that is a file made beforehand and never changes."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        super().__init__()
        self.epoch = manifest.epoch
        self._given: dict[str, Any] = msgspec.to_builtins(manifest)
        self.files[manifest.sha256] = path.read_bytes()
        self.seq = manifest.version
        self.put("account", DEALER, {"account": DEALER, "name": "Dealer"}, DEALER)

    def manifest(self) -> dict[str, Any]:
        """The file, whose name is its digest."""
        return self._given | {"url": self._given["sha256"]}

    def page(self, account: str, names: str, cursor: str, limit: str) -> list[bytes]:
        """Nothing has changed since the file was made."""
        if set(names.split(",")) - set(SHARED):
            return super().page(account, names, cursor, limit)
        told = {name: self._given[name] for name in ("cursor", "epoch", "version", "counts", "hash")}
        return [encoded({"op": "checkpoint", "more": False, "server_time": now(), **told})]


class Slow(Handler):
    """A link of `bits_a_second`, whichever answer goes over it."""

    bits_a_second = 0.0

    def setup(self) -> None:
        """Pace whatever is written."""
        super().setup()
        whole, due = self.wfile.write, perf_counter()

        def write(content: Any) -> int:
            nonlocal due
            due = max(due, perf_counter())
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                due += len(piece) * 8 / self.bits_a_second
                sleep(max(0.0, due - perf_counter()))
                whole(piece)
            return len(content)

        self.wfile.write = write  # type: ignore[method-assign]


@contextmanager
def served(path: Path, manifest: Path, bits_a_second: float = 0) -> Iterator[tuple[str, str]]:
    """The address and a joining code of such a server while it runs."""
    command = [sys.executable, "-m", "tests.bench.catalog_server", str(path), str(manifest), str(bits_a_second)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=environment(), **pipes) as process:  # type: ignore[call-overload]
        try:
            url, code = process.stdout.readline().split()
            yield url, code
        finally:
            process.terminate()


def main(arguments: Sequence[str]) -> None:
    """Serve until the process is ended."""
    path, described, rate = arguments
    manifest = msgspec.json.decode(Path(described).read_bytes(), type=Manifest)
    manufacturer = Manufacturer(lambda: OneFile(Path(path), manifest))
    handler = type("Paced", (Slow,), {"bits_a_second": float(rate)}) if float(rate) else Handler
    with SecondServer(manufacturer, handler) as server:
        sys.stdout.write(f"{server.url} {manufacturer.code(DEALER)}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
