"""Reading: pages of changes, their cursors, and the proof that a desk holds the same rows."""

from conformance.checking import Check, check
from conformance.findings import Broken, NotTried
from conformance.peer import expect, in_short, refusal
from conformance.reading import Reading, ask_page, check_sums, decoded, page_of
from conformance.visit import Visit
from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, SHARED_COLLECTIONS, AccountDoc
from desktop_app.contract.orders import OrderRecord
from desktop_app.contract.wire import Put

FEW = 3
FEW_PAGES = 20


@check(5, "The catalogue is read to its end in whole pages")
def shared_pages(visit: Visit) -> None:
    """Each page is NDJSON and ends with its checkpoint line."""
    if visit.shared().checkpoint is None:
        raise Broken("There was no page at all.")


@check(5, "What belongs to the dealer is read to its end in whole pages")
def account_pages(visit: Visit) -> None:
    """There is one row `account`, his own."""
    rows = visit.own().of("account")
    if [row.id for row in rows] != [visit.peer.account]:
        raise Broken(f"The collection account has {len(rows)} rows instead of the one of {visit.peer.account}.")
    if decoded(rows[0], AccountDoc).account != visit.peer.account:
        raise Broken("The row of the collection account names another dealer.")


@check(5, "A page has at most as many rows as asked for, and pages put together are the whole")
def small_pages(visit: Visit) -> None:
    """A few rows at a time, from the start, compared with the reading in one go."""
    for whole in (visit.own(), visit.shared()):
        part, cursor = Reading(whole.collections), ""
        for _ in range(FEW_PAGES):
            page = page_of(ask_page(visit.peer, whole.collections, cursor, FEW))
            if len(page.rows) > FEW:
                raise Broken(f"A page of at most {FEW} rows has {len(page.rows)}.")
            if page.checkpoint.more and page.checkpoint.cursor == cursor:
                raise Broken("A page says that there is more and has the cursor it was asked with.")
            part.take(page.rows)
            cursor = page.checkpoint.cursor
            if not page.checkpoint.more:
                if part.revisions() != whole.revisions():
                    raise Broken(
                        f"Pages of {FEW} rows give {len(part.rows)} rows in all, one reading {len(whole.rows)}."
                    )
                break


@check(5, "Rows come in the order of their changes, and no page goes beyond the published limit")
def rows_in_order(visit: Visit) -> None:
    """Revisions never fall."""
    for collections in (SHARED_COLLECTIONS, ACCOUNT_COLLECTIONS):
        page = page_of(ask_page(visit.peer, collections))
        if len(page.rows) > visit.discovery.limits.page_rows:
            raise Broken(f"A page has {len(page.rows)} rows; discovery says {visit.discovery.limits.page_rows}.")
        revisions = [row.rev for row in page.rows if isinstance(row, Put)]
        if revisions != sorted(revisions):
            raise Broken("The rows of a page do not come in the order of their revisions.")


@check(7, "Counts and hashes are those of the rows")
def counts_and_hashes(visit: Visit) -> None:
    """Computed anew from everything that was sent."""
    for reading in (visit.shared(), visit.own()):
        if reading.checkpoint is not None:
            check_sums(reading, reading.checkpoint.counts, reading.checkpoint.hash, "The last checkpoint")


@check(7, "A checkpoint names the server's epoch and a version that only grows")
def checkpoint_fields(visit: Visit) -> None:
    """The epoch is that of discovery: writes carry it."""
    for reading in (visit.shared(), visit.own()):
        point = reading.checkpoint
        if point is None:
            raise NotTried("it needs a page")
        if point.epoch != visit.discovery.epoch:
            raise Broken(f"A checkpoint names the epoch {point.epoch}, discovery {visit.discovery.epoch}.")
        highest = max((row.rev for row in reading.rows.values()), default=0)
        if point.version < highest:
            raise Broken(f"A checkpoint has the version {point.version}, but a row the revision {highest}.")


@check(6, "After the last cursor there is nothing, and a desk that asks holds the same rows")
def nothing_after_the_end(visit: Visit) -> None:
    """What changed meanwhile is taken in; then counts and hashes must agree again."""
    for known in (visit.shared(), visit.own()):
        held = Reading(known.collections, known.checkpoint, dict(known.rows)).go_on(visit.peer)
        if held.checkpoint is not None:
            check_sums(held, held.checkpoint.counts, held.checkpoint.hash, "The checkpoint after the end")
        again = page_of(ask_page(visit.peer, known.collections, held.cursor))
        repeated = {(row.c, row.id): row.rev for row in again.rows if isinstance(row, Put)}
        if repeated and repeated.items() <= held.revisions().items():
            raise Broken("Rows that were sent before the cursor are sent again after it.")


@check(6, "A cursor works only for the collections it was made for")
def cursor_of_its_collections(visit: Visit) -> None:
    """With others a desk would miss rows and never know."""
    for reading, others in ((visit.shared(), ("stock",)), (visit.own(), ("terms",))):
        answer = ask_page(visit.peer, others, reading.cursor)
        if answer.status_code not in (400, 410):
            raise Broken(f"A cursor of {len(reading.collections)} collections was taken for one: {in_short(answer)}.")
        refusal(answer, answer.status_code, "malformed", "cursor-expired")


@check(10, "A cursor that the server did not make is expired")
def forged_cursor(visit: Visit) -> None:
    """A changed one and an invented one: read from the start."""
    good = visit.own().cursor
    if not good:
        raise Broken("The cursor of the last page is empty: a desk would read from the start for ever.")
    middle = len(good) // 2
    changed = good[:middle] + ("A" if good[middle] != "A" else "B") + good[middle + 1 :]
    for cursor in (changed, "invented"):
        problem = refusal(ask_page(visit.peer, ACCOUNT_COLLECTIONS, cursor), 410, "cursor-expired")
        if problem.retry != "resync":
            raise Broken(f"410 cursor-expired says retry {problem.retry or 'nothing'} instead of resync.")


@check(8, "One call never mixes shared collections and those of the account")
def kinds_apart(visit: Visit) -> None:
    """Nor is a call without any collection answered."""
    refusal(ask_page(visit.peer, ("products", "orders")), 400, "malformed")
    refusal(ask_page(visit.peer, ()), 400, "malformed")


@check(3, "No row of another dealer is sent")
def only_own_orders(visit: Visit) -> None:
    """Orders name the account they belong to, where they name one."""
    for row in visit.own().of("orders"):
        record = decoded(row, OrderRecord)
        if record.account not in ("", visit.peer.account):
            raise Broken(f"The order {record.order_no} belongs to {record.account}, not to {visit.peer.account}.")


@check(4, "An answer is compressed only where the desk takes it so, and says the same")
def compression(visit: Visit) -> None:
    """Read with gzip and without."""
    plain = expect(ask_page(visit.peer, SHARED_COLLECTIONS, encoding="identity"), 200)
    if plain.headers.get("content-encoding", "identity") != "identity":
        raise Broken(f"Asked for no encoding, the server sent {plain.headers['content-encoding']}.")
    packed = expect(ask_page(visit.peer, SHARED_COLLECTIONS, encoding="gzip"), 200)
    if packed.headers.get("content-encoding", "identity") not in ("identity", "gzip"):
        raise Broken(f"Asked for gzip, the server sent {packed.headers['content-encoding']}.")
    if page_of(plain).rows != page_of(packed).rows:
        raise Broken("The same page with gzip and without has different rows.")


CHECKS: tuple[Check, ...] = (
    shared_pages,
    account_pages,
    small_pages,
    rows_in_order,
    counts_and_hashes,
    checkpoint_fields,
    nothing_after_the_end,
    cursor_of_its_collections,
    forged_cursor,
    kinds_apart,
    only_own_orders,
    compression,
)
