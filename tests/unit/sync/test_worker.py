"""Where long work runs."""

import asyncio
import threading

import pytest

from desktop_app.errors import Offline
from desktop_app.sync.worker import SameThread, ThreadWorker, Worker


@pytest.mark.parametrize(("worker", "beside"), [(ThreadWorker(), True), (SameThread(), False)])
def test_work_is_done_and_its_failures_come_back(worker: Worker, beside: bool) -> None:
    def fail() -> None:
        raise Offline("no")

    async def work() -> None:
        assert (await worker.run(threading.get_ident) != threading.get_ident()) is beside
        assert worker.concurrent is beside
        with pytest.raises(Offline):
            await worker.run(fail)

    asyncio.run(work())
    worker.close()


def test_it_can_be_closed_unused_and_used_again() -> None:
    worker = ThreadWorker()
    worker.close()
    assert asyncio.run(worker.run(lambda: 7)) == 7
    worker.close()
