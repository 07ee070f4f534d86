"""The dealer this desk orders for, as the manufacturer describes him. Writing it: `account_writer`."""

import msgspec

from desktop_app.contract.documents import AccountDoc
from desktop_app.domain.party import Dealer
from desktop_app.storage.database import Connection


class AccountRepository:
    """Reads the collection `account`. Rows of another account are never handed out."""

    def __init__(self, connection: Connection, account: str) -> None:
        self._connection = connection
        self.account = account

    def dealer(self) -> Dealer:
        """The dealer; only the account's name is known before the first sync. Raises StorageFailed."""
        row = self._connection.execute(
            "SELECT doc FROM feed_rows WHERE collection = 'account' AND id = ? AND doc IS NOT NULL", (self.account,)
        ).fetchone()
        if row is None:
            return Dealer(account=self.account, name=self.account)
        return msgspec.json.decode(row[0], type=AccountDoc).to_domain()
