"""The snapshot: manifest, digest, ranges, and the way on from it."""

import hashlib

from conformance.checking import Check, check
from conformance.findings import Broken, NotTried
from conformance.peer import Answer, expect, media_type, refusal
from conformance.reading import Reading, check_sums
from conformance.visit import Visit

REFUSED = (401, 403, 404)


@check(9, "The snapshot has the length and the SHA-256 of its manifest")
def digest(visit: Visit) -> None:
    """The bytes are the file itself, without a content encoding."""
    file = visit.snapshot()
    if media_type(file.answer) != "application/zstd" or "content-encoding" in file.answer.headers:
        encoding = file.answer.headers.get("content-encoding", "none")
        raise Broken(
            f"The snapshot is {media_type(file.answer)} in the encoding {encoding}, not plain application/zstd."
        )
    if len(file.content) != file.manifest.bytes:
        raise Broken(f"The snapshot has {len(file.content)} bytes, its manifest says {file.manifest.bytes}.")
    if hashlib.sha256(file.content).hexdigest() != file.manifest.sha256.lower():
        raise Broken("The SHA-256 of the snapshot is not the one in its manifest.")


@check(9, "The snapshot holds the rows its manifest counts, and a checkpoint as its last line")
def contents(visit: Visit) -> None:
    """Counts and hashes are computed anew."""
    manifest, read = visit.snapshot().manifest, visit.snapshot().reading()
    check_sums(read, manifest.counts, manifest.hash, "The manifest")
    if read.checkpoint is None or read.checkpoint.epoch != manifest.epoch:
        raise Broken("The checkpoint in the snapshot is of another epoch than the manifest.")
    if manifest.epoch != visit.discovery.epoch:
        raise Broken(f"The manifest names the epoch {manifest.epoch}, discovery {visit.discovery.epoch}.")


@check(9, "A download that was cut goes on where it stopped")
def ranges(visit: Visit) -> None:
    """From a byte on, between two bytes, and the last ones."""
    file = visit.snapshot()
    size, half = len(file.content), len(file.content) // 2
    for wanted, first, last in (
        (f"bytes={half}-", half, size - 1),
        (f"bytes={half}-{half + 9}", half, min(half + 9, size - 1)),
        ("bytes=-10", max(0, size - 10), size - 1),
    ):
        answer = expect(visit.peer.ask("GET", file.manifest.url, headers={"Range": wanted}), 206)
        told = answer.headers.get("content-range", "")
        if told != f"bytes {first}-{last}/{size}":
            raise Broken(f"Range {wanted} was answered with the Content-Range {told or 'missing'!r}.")
        if answer.content != file.content[first : last + 1]:
            raise Broken(f"Range {wanted} was answered with other bytes than those of the file.")


@check(9, "A cache can carry the snapshot: its address needs no token, and nobody can make one up")
def address(visit: Visit) -> None:
    """Without the token it works; with another signature, or none, it does not, whoever asks."""
    url = visit.snapshot().manifest.url
    answer = expect(visit.peer.ask("GET", url, signed=False), 200)
    kept = answer.headers.get("cache-control", "")
    if "public" not in kept or "max-age" not in kept:
        raise Broken(f"The snapshot's Cache-Control is {kept or 'missing'!r}: no cache in front will keep it.")
    bare, _, query = url.partition("?")
    if not query:
        raise Broken("The snapshot's address has nothing in it that could expire: whoever has it once has it for ever.")
    value = query.rpartition("=")[2]
    middle = len(value) // 2
    changed = value[:middle] + ("0" if value[middle : middle + 1] != "0" else "1") + value[middle + 1 :]
    for made_up in (url.removesuffix(value) + changed, bare):
        for signed in (False, True):
            expect(visit.peer.ask("GET", made_up, signed=signed), *REFUSED)


@check(9, "Beyond its end the snapshot has nothing")
def beyond_the_end(visit: Visit) -> None:
    """A desk that holds more than there is begins anew."""
    file = visit.snapshot()
    answer = visit.peer.ask("GET", file.manifest.url, headers={"Range": f"bytes={len(file.content)}-"})
    refusal(answer, 416, "range")


@check(9, "A file that has not changed is not sent again, one that has is sent whole")
def conditions(visit: Visit) -> None:
    """If-None-Match and If-Range with the ETag of the file."""
    file = visit.snapshot()
    etag = file.answer.headers.get("etag", "")
    if not etag:
        raise Broken("The snapshot has no ETag.")

    def asked(**headers: str) -> Answer:
        return visit.peer.ask("GET", file.manifest.url, headers={k.replace("_", "-"): v for k, v in headers.items()})

    expect(asked(If_None_Match=etag), 304)
    expect(asked(If_Range=etag, Range="bytes=1-"), 206)
    whole = expect(asked(If_Range='"another"', Range="bytes=1-"), 200)
    if whole.content != file.content:
        raise Broken("With an If-Range of another file, something else than the whole file is sent.")


@check(9, "After the snapshot a desk goes on with changes and holds the whole catalogue")
def going_on(visit: Visit) -> None:
    """Its cursor is the manifest's; what it holds then is what a reading from the start gives."""
    held = visit.snapshot().reading().go_on(visit.peer, visit.snapshot().manifest.cursor)
    if held.checkpoint is None:
        raise NotTried("it needs a page")
    check_sums(held, held.checkpoint.counts, held.checkpoint.hash, "The checkpoint after the snapshot")
    whole = Reading(held.collections).go_on(visit.peer)
    unchanged = whole.checkpoint is not None and whole.checkpoint.version == held.checkpoint.version
    if unchanged and whole.revisions() != held.revisions():
        raise Broken("Snapshot and changes together give other rows than a reading from the start.")


CHECKS: tuple[Check, ...] = (digest, contents, ranges, address, beyond_the_end, conditions, going_on)
