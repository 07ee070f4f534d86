"""Files in and out: order lines from CSV, reports."""
