"""The only importer of httpx: speaks Order Sync 1 to the server."""
