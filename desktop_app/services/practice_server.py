"""The practice manufacturer's server as a child process: founded, started, stopped. What is done with it:
`practice_service`.

It listens on this machine only and ends when its standard input closes, that is with the desktop, however that ends.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

from desktop_app.errors import ActionNotPossible

_READY = re.compile(r"listening on (http://127\.0\.0\.1:\d+)")
STOP_TIMEOUT_S = 10.0


def server_program() -> tuple[str, ...]:
    """How the manufacturer's program is called: the one beside this program once packaged, else a module."""
    if getattr(sys, "frozen", False):
        return (str(Path(sys.executable).with_stem("comptoir-server")),)
    return (sys.executable, "-m", "manufacturer_server.cli")


class PracticeServer:
    """One server with its data in `data`. Every method blocks: call them in a worker thread."""

    def __init__(self, data: Path, program: tuple[str, ...] = ()) -> None:
        self._data, self._program = data, program or server_program()
        self._process: subprocess.Popen[str] | None = None

    @property
    def founded(self) -> bool:
        """Whether its data exists already."""
        return self._data.exists()

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def found(self) -> None:
        """Fill a new server with the practice set. Raises ActionNotPossible, and then leaves nothing."""
        part = self._data.with_name(self._data.name + ".part")
        if part.exists():
            shutil.rmtree(part)
        self._run("init", "--data", str(part), "--practice")
        part.rename(self._data)

    def joining_code(self, account: str) -> str:
        """A fresh joining code for a desk of that dealer."""
        return self._run("token", "--data", str(self._data), account).split()[-1]

    def start(self) -> str:
        """Start it on a free port; returns its address once it listens. Raises ActionNotPossible."""
        process = subprocess.Popen(
            [
                *self._program,
                "serve",
                "--data",
                str(self._data),
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--exit-with-stdin",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._process = process
        said = _first_line(process.stdout)
        ready = _READY.fullmatch(said)
        if ready is None:
            self.stop()
            raise ActionNotPossible(f"The practice manufacturer did not start ({said or 'it ended at once'}).")
        return ready[1]

    def stop(self) -> None:
        """End it and wait for its end."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def remove(self) -> None:
        """Throw its data away; it must not be running."""
        shutil.rmtree(self._data)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._program, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if done.returncode != 0:
            words = done.stderr.strip().splitlines() or ["no reason given"]
            raise ActionNotPossible(f"The practice manufacturer could not be set up ({words[-1]}).")
        return done.stdout


def _first_line(stream: IO[str] | None) -> str:
    return stream.readline().strip() if stream is not None else ""
