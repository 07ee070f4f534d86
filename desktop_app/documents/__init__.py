"""Files in and out: order lines from CSV, tables for a spreadsheet."""
