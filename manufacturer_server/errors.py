"""Refusals an operator of the server meets at the command line. What a desk meets over the wire: `web.problems`."""


class ServerRefusal(Exception):
    """An expected refusal, in full English sentences: what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NoServerHere(ServerRefusal):
    """The data folder holds no server."""


class FolderTaken(ServerRefusal):
    """The folder for a new server already holds something."""


class StorageUnusable(ServerRefusal):
    """The server's file cannot be opened, read or written."""


class UnknownAccount(ServerRefusal):
    """No dealer has this account."""


class UnknownDesk(ServerRefusal):
    """No desk has this id."""
