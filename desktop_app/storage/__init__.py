"""The only importer of sqlite_utils and sqlcipher3: rows in, domain objects out."""
