"""The command: arguments in, findings out. Exit 0 conforms, 1 something fails, 2 nothing could be tried."""

import argparse
import contextlib
import io
import os
import sys
from collections import Counter
from collections.abc import Sequence

import msgspec

from conformance.checks import make_all
from conformance.findings import CannotStart, Finding, Result
from conformance.peer import connected
from conformance.visit import Visit, begin

EXIT_FAILED, EXIT_CANNOT, EXIT_INTERRUPTED = 1, 2, 130
WORDS = {Result.PASSED: "passed", Result.FAILED: "FAILED"}


class Report(msgspec.Struct, frozen=True):
    """What `--json` prints."""

    url: str
    name: str
    server_id: str
    passed: int
    failed: int
    not_tried: int
    findings: list[Finding]
    orders_left: list[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try one server; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = _parser().parse_args(arguments)
    if args.write and not args.code:
        print("--write needs a joining code (--code): test orders are placed for a dealer.", file=sys.stderr)
        return EXIT_CANNOT
    try:
        peer = connected(args.url)
        with peer.http:
            visit = begin(peer, args.code, may_write=args.write, other=args.other)
            findings = make_all(visit)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return EXIT_CANNOT
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    report = _report(args.url, visit, findings)
    if not _shown(msgspec.json.encode(report).decode() if args.json else "\n".join(_in_words(report))):
        return EXIT_CANNOT
    return EXIT_FAILED if report.failed else 0


def _shown(text: str) -> bool:
    """Print it; False where it cannot be written (a full disk, a reader that has gone)."""
    try:
        print(text, flush=True)
    except OSError as error:
        # The interpreter must not try again when it ends.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"The system refused: {error}", file=sys.stderr)
        return False
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "comptoir-conformance",
        description="Try a manufacturer's server against the mandatory part of Order Sync 1 (docs/api.md).",
        epilog="The rules are listed in docs/conformance.md. Exit 0: nothing fails; 1: something does; 2: not tried.",
    )
    parser.add_argument("url", metavar="URL", help="the server's address, https://...")
    parser.add_argument("--code", default="", help="a joining code of a dealer made for tests; it is used up")
    parser.add_argument("--write", action="store_true", help="also place test orders for that dealer, and cancel them")
    parser.add_argument("--other", default="", metavar="ACCOUNT", help="another dealer's, which must stay secret")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    return parser


def _report(url: str, visit: Visit, findings: list[Finding]) -> Report:
    ends = Counter(finding.result for finding in findings)
    return Report(
        url=url,
        name=visit.discovery.name,
        server_id=visit.discovery.server_id,
        passed=ends[Result.PASSED],
        failed=ends[Result.FAILED],
        not_tried=ends[Result.NOT_TRIED],
        findings=findings,
        orders_left=visit.left,
    )


def _in_words(report: Report) -> list[str]:
    """What was tried, line by line; then what was not, under the reason it has in common."""
    lines = [f"{_plain(report.name)} at {report.url}", ""]
    untried: dict[str, list[str]] = {}
    for finding in report.findings:
        line = f"rule {finding.rule:>2}  {finding.title}"
        if finding.result is Result.NOT_TRIED:
            untried.setdefault(finding.said, []).append(f"           {line}")
            continue
        lines.append(f"{WORDS[finding.result]:<9}  {line}")
        if finding.said:
            lines.append(f"{'':20} {_plain(finding.said)}")
    for reason, titles in untried.items():
        lines += ["", f"Not tried: {_plain(reason)}.", *titles]
    lines += ["", f"{report.passed} passed, {report.failed} failed, {report.not_tried} not tried."]
    if report.orders_left:
        lines.append(f"Test orders that could not be cancelled: {_plain(', '.join(report.orders_left))}")
    return lines


def _plain(text: str) -> str:
    """A server's words without anything a terminal would obey."""
    return "".join(character if character.isprintable() else "?" for character in text)


if __name__ == "__main__":
    sys.exit(main())
