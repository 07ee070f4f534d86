"""The catalogue's snapshot: manifest, bytes and rows."""

from dataclasses import dataclass

import zstandard

from conformance.findings import Broken
from conformance.peer import Answer, Peer, document, expect
from conformance.reading import Reading
from desktop_app.contract.documents import SHARED_COLLECTIONS
from desktop_app.contract.feed import PageVoid, read_page
from desktop_app.contract.wire import Manifest

# Lines of a catalogue shrink about tenfold: a desk takes no file that grows back further than this.
MAX_EXPANSION, MIN_CAP_BYTES = 100, 1 << 26
WINDOW_BYTES = 1 << 27
UNAUTHORIZED = 401


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
        cap = max(MIN_CAP_BYTES, MAX_EXPANSION * len(self.content))
        try:
            with zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES).stream_reader(
                self.content, read_across_frames=True
            ) as lines:
                unpacked = lines.read(cap)
                if lines.read(1):
                    raise Broken(f"The snapshot has more than {cap:,} bytes uncompressed: no desk would take it.")
            page = read_page(unpacked)
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
    """The snapshot now in force, in one piece, asked for as a desk does: first without the token. Raises Broken."""
    manifest = manifest_of(peer)
    answer = peer.ask("GET", manifest.url, signed=False)
    if answer.status_code == UNAUTHORIZED:
        answer = peer.ask("GET", manifest.url)
    return SnapshotFile(manifest, expect(answer, 200))
