"""The two programs as a script meets them: started as processes, spoken to through arguments, files and exit codes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

BIN = Path(sys.executable).parent
ROUND_LIMIT_S = 120
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a program printed and how it ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        return json.loads(self.stdout)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a program is started with: it runs the code beside these tests, whatever is installed."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": path, **(more or {})}


def run(program: str, *args: str | Path, env: Mapping[str, str] | None = None, expect: int | None = 0) -> Answer:
    """Run `comptoir` or `comptoir-server` to its end; fails where the exit code is not `expect` (None: any)."""
    done = subprocess.run(
        [str(BIN / program), *map(str, args)],
        capture_output=True,
        text=True,
        timeout=ROUND_LIMIT_S,
        env=environment(env),
        check=False,
    )
    answer = Answer(done.returncode, done.stdout, done.stderr)
    if expect is not None:
        assert answer.code == expect, f"{program} {args}: exit {answer.code}\n{answer.stdout}\n{answer.stderr}"
    return answer


class ServerProcess:
    """`comptoir-server serve` as a child process on a free loopback port; `with` ends it."""

    def __init__(self, data: Path, port: int = 0, *options: str) -> None:
        self._command = [str(BIN / "comptoir-server"), "serve", "--data", str(data), "--host", "127.0.0.1"]
        self._options = options
        self.port = port
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it on the same port as before and wait until it says it listens."""
        self.process = subprocess.Popen(
            [*self._command, "--port", str(self.port), *self._options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        assert isinstance(self.process.stdout, IO) or self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)", line.strip())
        assert found, f"the server said {line!r}"
        self.port = int(found[1])

    def stop(self) -> None:
        """End it as an operator would, and wait for its end."""
        if self.process is not None:
            self.process.terminate()
            self.process.communicate(timeout=30)
            self.process = None

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate(timeout=30)
            self.process = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "ServerProcess":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


@dataclass(frozen=True)
class Desk:
    """A headless desk: a profile folder and the secrets its vault would hold."""

    profile: Path
    secrets: Mapping[str, str]

    def __call__(self, *args: str | Path, expect: int | None = 0) -> Answer:
        """Run one sub-command of `comptoir` on this desk's profile."""
        return run("comptoir", "--profile", self.profile, *args, env=self.secrets, expect=expect)


class Victim:
    """One command of a desk that is killed before it has ended, or not."""

    def __init__(self, desk: Desk, *args: str | Path) -> None:
        self._process = subprocess.Popen(
            [str(BIN / "comptoir"), "--profile", str(desk.profile), *map(str, args)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(desk.secrets),
        )

    def kill(self) -> None:
        """End it without a word."""
        self._process.kill()

    def said(self, patience_s: float) -> Any:
        """The one JSON object it printed before its end, at the latest `patience_s` from now; None for less."""
        try:
            output = self._process.communicate(timeout=patience_s)[0]
        except subprocess.TimeoutExpired:
            self.kill()
            output = self._process.communicate()[0]
        return json.loads(output) if output.endswith("}\n") else None


def joining_code(data: Path, account: str) -> str:
    """A fresh joining code for a desk of `account`."""
    return run("comptoir-server", "token", "--data", data, account).stdout.split()[-1]


def connect(profile: Path, url: str, code: str) -> Desk:
    """Connect a new headless desk, keeping its secrets in the environment instead of a key store."""
    answer = run("comptoir", "--profile", profile, "connect", url, "--code", code, "--print-secrets")
    secrets = answer.json
    return Desk(profile, {"COMPTOIR_TOKEN": secrets["token"], "COMPTOIR_DESK_KEY": secrets["desk_key"]})
