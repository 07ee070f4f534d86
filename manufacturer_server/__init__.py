"""The manufacturer's side: imports, feed, orders. Shares only domain and contract with the desk."""
