"""The server's SQLite file: its tables and the small functions that read and write them on a given connection."""
