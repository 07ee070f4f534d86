"""The messages of Order Sync 1 as msgspec Structs. No I/O. Client and server both speak through these."""
