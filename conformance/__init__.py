"""`comptoir-conformance`: tries a server against Order Sync 1 and says in plain words what fails."""
