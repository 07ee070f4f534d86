"""Taking in a manufacturer's CSV files: reading any common dialect, checking each cell, applying the difference."""
