"""One visit to a server: what its checks share, got at most once."""

import contextlib
import re
from dataclasses import dataclass, field
from functools import cached_property

from conformance.findings import Broken, CannotStart, Once
from conformance.orders import Accepting, accepted_order, refused_order
from conformance.peer import Answer, Peer, document, expect
from conformance.reading import Reading, read_all
from conformance.snapshot_file import SnapshotFile, downloaded
from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, SHARED_COLLECTIONS
from desktop_app.contract.orders import Accepted
from desktop_app.contract.wire import Discovery, JoinAnswer

FORBIDDEN = 403
ORDER_PATH = re.compile(r"/orders/([^/]+)/revisions/\d+$")


@dataclass
class Visit:
    """The server, who it says it is, and what may be done there.

    `other` is the account of another dealer, where one is known. `joined` is the answer to `code`, `misread` the answer
    to the same code in small letters, with a blank and a dash, where that was not taken. `cancelled` are the ids of
    test orders that no longer count, `left` the numbers of those that could not be cancelled.
    """

    peer: Peer
    discovery: Discovery
    may_write: bool = False
    other: str = ""
    code: str = ""
    joined: Answer | None = None
    misread: Answer | None = None
    cancelled: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)

    @cached_property
    def shared(self) -> Once[Reading]:
        """The catalogue as read by `changes`."""
        return Once(lambda: read_all(self.peer, SHARED_COLLECTIONS))

    @cached_property
    def own(self) -> Once[Reading]:
        """What belongs to this dealer, as it was before the first test order."""
        return Once(lambda: read_all(self.peer, ACCOUNT_COLLECTIONS))

    @cached_property
    def snapshot(self) -> Once[SnapshotFile]:
        """The snapshot, downloaded in one piece."""
        return Once(lambda: downloaded(self.peer))

    @cached_property
    def refused(self) -> Once[Accepting]:
        """A test order whose first revision, at an impossible price, was answered `terms-changed`."""
        return Once(lambda: refused_order(self.peer, self.discovery, self.shared(), self.own()))

    @cached_property
    def accepted(self) -> Once[Accepting]:
        """The same order, its second revision accepted as proposed."""
        return Once(lambda: accepted_order(self.peer, self.discovery, self.refused()))

    def test_orders(self) -> dict[str, str]:
        """The number of each order that was accepted in this visit, rightly or not, and is not cancelled, by its id."""
        placed = {}
        for answer in self.peer.seen:
            found = ORDER_PATH.search(answer.request.url.path)
            if found and answer.is_success and found[1] not in self.cancelled:
                placed[found[1]] = found[1]
                with contextlib.suppress(Broken):
                    placed[found[1]] = document(answer, Accepted).order_no
        return placed


def begin(peer: Peer, code: str, *, may_write: bool, other: str) -> Visit:
    """Find the server and join it where there is a code. Raises CannotStart."""
    visit = Visit(peer, peer.discover(), may_write, other, code)
    peer.version = visit.discovery.client_minimum
    if not code:
        return visit
    spelled = f" {code.lower()[:3]}-{code.lower()[3:]} "
    answer = peer.join(spelled)
    if answer.status_code == FORBIDDEN:
        visit.misread = answer
        answer = peer.join(code)
    if answer.status_code == FORBIDDEN:
        raise CannotStart("The joining code is not taken: it is unknown, used or expired. Ask for a new one.")
    visit.joined = answer
    # What else may be wrong with the answer is said by the check `joining`.
    with contextlib.suppress(Broken):
        peer.take(document(expect(answer, 201), JoinAnswer))
    return visit
