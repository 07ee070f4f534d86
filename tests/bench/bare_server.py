"""A process that does the least a server can do with an order: takes the bytes in, commits them, answers.

`python -m tests.bench.bare_server FILE` prints its address; it answers every request with `ANSWER_BYTES` bytes.
"""

import asyncio
import re
import sqlite3
import sys
from pathlib import Path

ANSWER_BYTES = 7_000
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


async def main(file: Path) -> None:
    """Serve until the process is ended."""
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE bodies (id INTEGER PRIMARY KEY, body BLOB)")
    answer = b"HTTP/1.1 201 Created\r\ncontent-length: %d\r\n\r\n%b" % (ANSWER_BYTES, bytes(ANSWER_BYTES))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            found = _LENGTH.search(head)
            body = await reader.readexactly(int(found[1]) if found else 0)
            database.execute("INSERT INTO bodies (body) VALUES (?)", (body,))
            writer.write(answer)
            await writer.drain()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


async def _head(reader: asyncio.StreamReader) -> bytes:
    """The head of the next request, empty where there is none."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
