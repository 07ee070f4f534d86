"""The catalogue's snapshot: manifest, bytes and rows."""

from dataclasses import dataclass

import zstandard

from conformance.findings import Broken
from conformance.peer import Answer, Peer, document, expect
from conformance.reading import Reading
from desktop_app.contract.documents import SHARED_COLLECTIONS
from desktop_app.contract.feed import PageVoid, read_page
from desktop_app.contract.wire import Manifest

# What a million products with their stock take, uncompressed, and room to spare.
MAX_LINES_BYTES = 1 << 31
WINDOW_BYTES = 1 << 27


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """A downloaded snapshot."""

    manifest: Manifest
    answer: Answer

    @property
    def content(self) -> bytes:
        """The bytes as they came."""
        return self.answer.content

    def reading(self) -> Reading:
        """The rows in it. Raises Broken."""
        read = Reading(SHARED_COLLECTIONS)
        try:
            with zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES).stream_reader(
                self.content, read_across_frames=True
            ) as lines:
                page = read_page(lines.read(MAX_LINES_BYTES))
        except zstandard.ZstdError as error:
            raise Broken(f"The snapshot cannot be decompressed: {error}.") from error
        except PageVoid as reason:
            raise Broken(f"The snapshot cannot be read: {reason}.") from reason
        read.take(page.rows)
        read.checkpoint = page.checkpoint
        return read


def manifest_of(peer: Peer) -> Manifest:
    """The manifest now in force. Raises Broken."""
    return document(expect(peer.ask("GET", peer.under_account("/catalog")), 200), Manifest)


def downloaded(peer: Peer) -> SnapshotFile:
    """The snapshot now in force, in one piece. Raises Broken."""
    manifest = manifest_of(peer)
    return SnapshotFile(manifest, expect(peer.ask("GET", manifest.url), 200))
