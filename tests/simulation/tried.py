"""Which files decide how the sync ends: results of long runs count until one of them changes.

A change elsewhere (a screen, a word, the search, how a plan is made) voids no run. What the prices are is not in the
list either: both programs compute them with one engine, which has a campaign of its own.
"""

from pathlib import Path

from tests.campaign.resumable import ROOT, files_of

DECIDES_THE_SYNC = (
    # What travels, and how it is asked for.
    "desktop_app/contract/*.py",
    "desktop_app/remote/*.py",
    "desktop_app/domain/outcome.py",
    "desktop_app/domain/order.py",
    # When and what is sent, looked up, compared and read.
    "desktop_app/sync/*.py",
    "desktop_app/synchronisation.py",
    "desktop_app/errors.py",
    "desktop_app/events.py",
    # What is on the disk: queue, orders, journal, the account's feed, the catalogue file, the second copy. Not what
    # only reads the catalogue and the terms for a screen or a price.
    "desktop_app/credentials.py",
    "desktop_app/durable.py",
    "desktop_app/paths.py",
    "desktop_app/profile.py",
    "desktop_app/sealing.py",
    "desktop_app/storage/*.py",
    "!desktop_app/storage/catalog_repository.py",
    "!desktop_app/storage/catalog_search.py",
    "!desktop_app/storage/catalog_text.py",
    "!desktop_app/storage/catalog_words.py",
    "!desktop_app/storage/account_repository.py",
    "!desktop_app/storage/agreement_repository.py",
    "!desktop_app/storage/condition_repository.py",
    # What persons do with orders, and what the program does by itself for them.
    "desktop_app/desk.py",
    "desktop_app/services/order_*.py",
    "!desktop_app/services/order_views.py",
    "!desktop_app/services/order_story.py",
    "!desktop_app/services/order_import.py",
    "desktop_app/services/draft_session.py",
    "desktop_app/services/terms_*.py",
    "desktop_app/services/ways_out.py",
    "desktop_app/services/second_copy.py",
    "desktop_app/services/recovery_service.py",
    # The whole server but the words of its commands, the reading of the manufacturer's files, and the practice.
    "manufacturer_server/**/*.py",
    "!manufacturer_server/cli*.py",
    "!manufacturer_server/importing/*.py",
    "!manufacturer_server/practice*.py",
    "!manufacturer_server/web/practice_routes.py",
    "!manufacturer_server/web/description.py",
    "!manufacturer_server/openapi.py",
    "!manufacturer_server/price_words.py",
    "!manufacturer_server/sheets.py",
)


def decides(file: str) -> bool:
    """Whether the file, named from the root, is one of them."""
    return ROOT / Path(file) in files_of(*DECIDES_THE_SYNC)
