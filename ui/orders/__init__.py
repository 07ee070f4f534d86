"""The list of orders and the dossier of one order."""
