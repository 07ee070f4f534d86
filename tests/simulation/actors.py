"""Who acts: persons through the desk's own services, the manufacturer through the functions of his commands.

An act takes everything it needs from its step's number, so that the same schedule is the same run. What a service
refuses by name is no violation; anything else it raises is.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import ComptoirError
from desktop_app.services.views import OrderSummary, OrderView
from desktop_app.services.ways_out import Exit
from manufacturer_server.export import export_orders
from manufacturer_server.importing.run import Options, import_paths
from manufacturer_server.report import report
from manufacturer_server.status import read_record
from manufacturer_server.storage.copies import copy_file
from manufacturer_server.storage.database import FILE_NAME
from tests.simulation.ledger import Ledger
from tests.simulation.network import Network
from tests.simulation.peers import SimDesk, SimServer
from tests.simulation.schedule import Step
from tests.support.worked_example import FILES

_FACTS = "order_no,wholesaler,sku,state,quantity,date,tracking,invoice_no,invoice_total\n"
_STATES = ("confirmed", "shipped", "invoiced")
_SUBMITTED = (Status.SUBMITTED,)
_GIVEN = (Status.SUBMITTED, Status.TO_CONFIRM, Status.REFUSED)
_LIVE = (Status.DRAFT, Status.SUBMITTED, Status.TO_CONFIRM, Status.ACCEPTED, Status.CONFIRMED)


def goods(n: int) -> tuple[tuple[str, int, str], ...]:
    """The lines of an order; each number has its own."""
    lines = (("TN1", n, ""), ("BK1", 1 + n % 4, ""), ("MF9", 1 + n % 2, ""))
    return lines[: 1 + n % 3]


class Person:
    """Who sits at a desk."""

    def __init__(self, desk: SimDesk, network: Network, ledger: Ledger) -> None:
        self._desk, self._network, self._ledger = desk, network, ledger

    async def act(self, step: Step) -> None:
        """Do what the step says, if the desk is open; a refusal is read and left at that."""
        desk, n = self._desk, step.n
        if desk.doomed:
            return
        match step.act:
            case "crash":
                desk.die(timedelta(seconds=n))
            case "crash-soon":
                desk.die_soon(n)
            case "restart":
                await desk.restart()
            case "offline":
                self._network.offline_until[desk.account] = desk.clock.seconds + n * 60
            case "clock":
                desk.clock.wrong = timedelta(hours=n - 30)
            case "clock-far":
                desk.clock.wrong = timedelta(days=n - 30)
            case "put-back":
                self._ledger.put_back_desk(desk.account)
                await desk.put_back()
            case "command":
                await self._command(n)
            case "try":
                await desk.run(desk.application.sync.try_now())
            case _:
                self._order(step)

    def _order(self, step: Step) -> None:
        """An act on an order. Nothing of it waits for anybody."""
        acts: dict[str, Callable[[int], str]] = {
            "order": self._submit,
            "hold": self._hold,
            "release": self._release,
            "correct": self._correct,
            "withdraw": self._withdraw,
            "cancel": self._cancel,
            "confirm": self._confirm,
            "send": self._send,
            "way-out": self._way_out,
        }
        try:
            done = acts[step.act](step.n)
        except ComptoirError as error:
            done = f"{error.code}"
        self._ledger.tell(self._desk.clock.seconds, f"{self._desk.account} {step.act}: {done}")

    async def _command(self, n: int) -> None:
        """What the command line does while the program is open: one order, and an attempt to send it."""
        desk = self._desk
        application = desk.beside()
        try:
            session = application.orders.new_order(goods(n), reference=f"CANARY-{desk.account}-{n}", round_up=False)
            self._ledger.tell(desk.clock.seconds, f"{desk.account} command: {self._told(session.submit())}")
            await application.sync.round()
        except ComptoirError as error:
            self._ledger.tell(desk.clock.seconds, f"{desk.account} command: {error.code}")
        finally:
            await application.close()

    def _pick(self, n: int, statuses: tuple[Status, ...]) -> OrderSummary | None:
        found = [row for row in self._desk.application.orders.list(statuses=statuses) if self._is_mine(row)]
        found.sort(key=lambda row: row.order_id)
        return found[n % len(found)] if found else None

    def _is_mine(self, row: OrderSummary) -> bool:
        return row.reference.startswith(f"CANARY-{self._desk.account}")

    def _told(self, view: OrderView) -> str:
        self._ledger.promise(self._desk.account, view, certain=not self._desk.dying)
        return f"{view.summary.order_id}/{view.summary.revision} is {view.summary.status}"

    def _submit(self, n: int) -> str:
        reference = f"CANARY-{self._desk.account}-{n}"
        session = self._desk.application.orders.new_order(goods(n), reference=reference, round_up=False)
        return self._told(session.submit())

    def _correct(self, n: int) -> str:
        row = self._pick(n, _GIVEN)
        if row is None:
            return "nothing to correct"
        orders = self._desk.application.orders
        session = orders.correct(row.order_id)
        self._withdrawn(row)
        session.set_quantity(session.lines()[0].key, n + 1)
        session.refresh_terms()
        return self._told(session.submit())

    def _confirm(self, n: int) -> str:
        row = self._pick(n, (Status.TO_CONFIRM,))
        if row is None:
            return "nothing to confirm"
        orders = self._desk.application.orders
        lines = orders.get(row.order_id).sub_orders
        skus = sorted({line.sku for part in lines for line in part.lines})
        without = skus[:1] if n % 3 == 0 and len(skus) > 1 else []
        return self._told(orders.confirm(row.order_id, without))

    def _hold(self, n: int) -> str:
        row = self._pick(n, _SUBMITTED)
        if row is None:
            return "nothing to hold"
        self._desk.application.orders.hold(row.order_id)
        if not self._desk.dying:
            self._ledger.held.add(row.order_id)
        return row.order_id

    def _release(self, n: int) -> str:
        held = [row for row in self._desk.open_rows() if row.state is DeliveryState.HELD]
        if not held:
            return "nothing to release"
        row = held[n % len(held)]
        self._ledger.held.discard(row.subject)
        return self._desk.application.orders.release(row.subject).summary.order_id

    def _withdraw(self, n: int) -> str:
        row = self._pick(n, _GIVEN)
        if row is None:
            return "nothing to withdraw"
        self._desk.application.orders.withdraw(row.order_id)
        return self._withdrawn(row)

    def _withdrawn(self, row: OrderSummary) -> str:
        self._ledger.drafted.add(row.order_id)
        self._ledger.wishes.discard(row.order_id)
        return row.order_id

    def _cancel(self, n: int) -> str:
        row = self._pick(n, _LIVE)
        if row is None:
            return "nothing to cancel"
        view = self._desk.application.orders.cancel(row.order_id, "ordered twice")
        self._ledger.wanted_cancelled.add(row.order_id)
        if not self._desk.dying:
            self._ledger.wishes.add(row.order_id)
        return f"{row.order_id} is {view.summary.status}"

    def _send(self, n: int) -> str:
        row = self._pick(n, (Status.SUBMITTED, Status.DRAFT))
        if row is None:
            return "nothing to send"
        self._ledger.held.discard(row.order_id)
        return self._told(self._desk.application.orders.send(row.order_id))

    def _way_out(self, n: int) -> str:
        rows = [row for row in self._desk.open_rows() if row.state is DeliveryState.ATTENTION]
        orders = self._desk.application.orders
        found = [(row.subject, way) for row in rows for way in orders.get(row.subject).ways_out]
        if not found:
            return "nothing is stuck"
        order_id, way = found[n % len(found)]
        orders.exits.take(order_id, Exit(way))
        self._ledger.taken_out.add(order_id)
        if way is Exit.AS_NEW:
            self._ledger.wanted_cancelled.add(order_id)
        elif way is Exit.LEAVE:
            self._ledger.left.add(order_id)
        return f"{order_id} {way}"


class Manufacturer:
    """Works on the server's files with his commands; `erp` is the folder his own system reads."""

    def __init__(self, server: SimServer, files: Path, erp: Path, ledger: Ledger) -> None:
        self._server, self._files, self.erp, self._ledger = server, files, erp, ledger
        server.outside = erp
        self._count = 0
        self._backups: list[Path] = []

    def act(self, step: Step) -> None:
        """Do what the step says; a command that "dies" ends with the whole machine."""
        server, n = self._server, step.n
        dies = step.act.endswith(("-die", "-dies"))
        if dies:
            server.die_at(n % 16, n)
        match step.act.removesuffix("-dies").removesuffix("-die"):
            case "crash":
                server.crash(n)
                return
            case "clock":
                server.clock.wrong = timedelta(minutes=n - 30)
                return
            case "prices":
                done = self._import("conditions", _conditions(n)) + self._import("products", _products(n))
            case "backup":
                done = self._back_up()
            case "restore" | "restore-by-hand":
                done = self._restore(n, by_hand=step.act == "restore-by-hand")
            case "progress":
                done = self._progress(n)
            case _:
                written = export_orders(server.database, self.erp, server.clock())
                done = ", ".join(f"{file.orders} in {file.path.name[:13]}" for file in written) or "nothing to export"
        self._ledger.tell(server.clock.seconds, f"manufacturer {step.act}: {done}")
        if dies:
            server.bury()

    def _back_up(self) -> str:
        self._files.mkdir(exist_ok=True)
        self._backups.append(self._files / f"backup-{len(self._backups)}.db")
        copy_file(self._server.folder / FILE_NAME, self._backups[-1])
        return self._backups[-1].name

    def _restore(self, n: int, *, by_hand: bool) -> str:
        if not self._backups or not self._server.up:
            return "no backup, or no server"
        backup = self._backups[n % len(self._backups)]
        self._ledger.put_back()
        self._server.put_back(backup, None if by_hand else self.erp, n)
        return backup.name

    def _import(self, kind: str, text: str) -> str:
        self._count += 1
        folder = self._files / f"import-{self._count}"
        folder.mkdir(parents=True)
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        done = import_paths(self._server.database, [folder], Options(consent=True), self._server.clock)
        return f"{kind} {done.exit_code} "

    def _progress(self, n: int) -> str:
        with self._server.database.reading() as connection:
            rows = [row for row in report(connection).orders if row.status != Status.CANCELLED]
            if not rows:
                return "no order"
            row = rows[n % len(rows)]
            record = read_record(connection, row.account, row.order_id)
        day, state = self._server.clock().date().isoformat(), _STATES[n % 3]
        invoice = f"FA-{n},{record.totals.total}" if state == "invoiced" else ","
        facts = [
            f"{row.order_no},{part.wholesaler},{line.sku},{state},{line.quantity},{day},,{invoice}\n"
            for part in record.sub_orders
            for line in part.lines
        ]
        return f"{row.order_no} {state}: " + self._import("status", _FACTS + "".join(facts))


def _conditions(n: int) -> str:
    """The conditions of list `n`: only two, so that what was refused may be right again later."""
    text = FILES["conditions.csv"].replace("promo,38,", f"promo,{38 - n % 2 * 3},")
    text += f"S20,base,{20 + n % 2},%,dealer:D43,all,,,,,CANARY-D43 remise\n"
    return text.replace("Prix net contrat", "CANARY-D42 prix net")


def _products(n: int) -> str:
    """The products of list `n`: dearer toner, and sometimes no book."""
    lines = FILES["products.csv"].splitlines(keepends=True)
    if n % 10 == 0:
        lines = [line for line in lines if not line.startswith("BK1")]
    return "".join(lines).replace("148.37", f"{148 + n // 2 % 2}.37")


def first_files() -> dict[str, str]:
    """What the manufacturer begins with."""
    stock = FILES["stock.csv"].replace("N,TN1,140", "N,TN1,9000").replace("N,BK1,50", "N,BK1,9000")
    dealers = FILES["dealers.csv"].replace("60000", "900000").replace("20000", "900000")
    return {"conditions": _conditions(0), "stock": stock, "dealers": dealers}
