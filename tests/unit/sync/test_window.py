"""Several messages on their way at once: how many, which, and that what left is always written down."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from desktop_app.sync.window import MOST, Arrived, Window


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str = ""


class Down(Exception):
    """The server is not there."""


@dataclass
class Post:
    """A server that answers when it is told to, and the desk's notes."""

    left: list[Letter] = field(default_factory=list)
    under_way: dict[Letter, asyncio.Future[str]] = field(default_factory=dict)
    together: list[int] = field(default_factory=list)
    recorded: dict[str, str] = field(default_factory=dict)
    kept_back: frozenset[str] = frozenset()

    def leave(self, letters: Sequence[Letter]) -> list[Letter]:
        self.left += letters
        return [letter for letter in letters if letter.subject not in self.kept_back]

    async def put(self, letter: Letter) -> str:
        self.under_way[letter] = asyncio.get_running_loop().create_future()
        self.together.append(len(self.under_way))
        try:
            return await self.under_way[letter]
        finally:
            del self.under_way[letter]

    def record(self, arrived: Arrived[Letter, str]) -> None:
        for letter, task in arrived:
            if task.cancelled():
                self.recorded[letter.subject + letter.text] = "cancelled"
            else:
                error = task.exception()
                self.recorded[letter.subject + letter.text] = task.result() if error is None else repr(error)

    async def judge(self, task: asyncio.Task[str]) -> bool | None:
        return {"well": True, "busy": False, "stop": None}[task.result()]

    def window(self) -> Window[Letter, str]:
        return Window(self.leave, self.put, self.record, self.judge)

    async def answer(self, word: str | Exception, count: int = 1) -> None:
        """Answer the oldest that are under way, and let the desk go on."""
        await breathe()
        for future in list(self.under_way.values())[:count]:
            if isinstance(word, Exception):
                future.set_exception(word)
            else:
                future.set_result(word)
        await breathe()


async def breathe() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def letters(count: int) -> Iterator[Letter]:
    return (Letter(f"order {number:02}") for number in range(count))


def test_one_is_sent_first_and_more_as_long_as_the_server_answers_well() -> None:
    async def story() -> None:
        post = Post()
        round_ = asyncio.create_task(post.window().run(letters(100)))
        seen = []
        while not round_.done():
            await post.answer("well", count=len(post.under_way) or 1)
            seen.append(len(post.under_way))
        assert await round_
        assert seen[:4] == [2, 4, 4, 4]
        assert max(post.together) == MOST
        assert post.left == list(letters(100))
        assert set(post.recorded.values()) == {"well"}
        assert len(post.recorded) == 100

    asyncio.run(story())


def test_after_trouble_nothing_leaves_before_the_server_answers_well_again() -> None:
    async def story() -> None:
        post = Post()
        round_ = asyncio.create_task(post.window().run(letters(40)))
        for count in (1, 2):
            await post.answer("well", count)
        assert len(post.under_way) == 4
        await post.answer("busy")
        assert len(post.under_way) == 3
        await post.answer("busy", 3)
        assert len(post.under_way) == 1
        await post.answer("well")
        assert len(post.under_way) == 2
        round_.cancel()
        with pytest.raises(asyncio.CancelledError):
            await round_

    asyncio.run(story())


def test_a_server_that_never_answers_well_gets_one_at_a_time() -> None:
    async def story() -> None:
        post = Post()
        round_ = asyncio.create_task(post.window().run(letters(10)))
        while not round_.done():
            await post.answer("busy")
        assert set(post.together) == {1}
        assert list(post.recorded.values()) == ["busy"] * 10

    asyncio.run(story())


def test_two_about_the_same_subject_never_travel_together_and_keep_their_order() -> None:
    async def story() -> None:
        post = Post()
        same = [Letter("a"), Letter("b"), Letter("c", "first"), Letter("c", "second"), Letter("d")]
        round_ = asyncio.create_task(post.window().run(iter(same)))
        await post.answer("well")
        await post.answer("well")
        assert list(post.under_way) == [Letter("c", "first")]
        await post.answer("well")
        assert list(post.under_way) == [Letter("c", "second"), Letter("d")]
        await post.answer("well", 2)
        assert await round_
        assert post.left == same

    asyncio.run(story())


def test_what_may_not_leave_after_all_is_passed_over() -> None:
    async def story() -> None:
        post = Post(kept_back=frozenset({"order 00", "order 02"}))
        round_ = asyncio.create_task(post.window().run(letters(4)))
        await post.answer("well")
        await post.answer("well")
        assert await round_
        assert list(post.recorded) == ["order 01", "order 03"]

    asyncio.run(story())


@pytest.mark.parametrize("word", ["stop", Down("cable")])
def test_whatever_ends_it_what_left_is_still_written_down(word: str | Exception) -> None:
    async def story() -> None:
        post = Post()
        round_ = asyncio.create_task(post.window().run(letters(40)))
        for count in (1, 2):
            await post.answer("well", count)
        await post.answer(word)
        assert len(post.under_way) == 3
        assert not round_.done()
        await post.answer("well", 3)
        if isinstance(word, Exception):
            with pytest.raises(Down):
                await round_
        else:
            assert not await round_
        assert len(post.left) == len(post.recorded) == 7
        assert list(post.recorded.values()).count("well") == 6

    asyncio.run(story())


def test_a_round_that_is_cut_off_calls_back_what_is_under_way_and_writes_that_down() -> None:
    async def story() -> None:
        post = Post()
        round_ = asyncio.create_task(post.window().run(letters(40)))
        for count in (1, 2):
            await post.answer("well", count)
        round_.cancel()
        with pytest.raises(asyncio.CancelledError):
            await round_
        assert post.under_way == {}
        assert list(post.recorded.values()) == ["well"] * 3 + ["cancelled"] * 4

    asyncio.run(story())
