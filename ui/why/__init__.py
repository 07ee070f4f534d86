"""Why a price, why a total, and what if: sheets that any room opens over its window."""
