"""The catalogue room: live search, results, the product beside them."""
