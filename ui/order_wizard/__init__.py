"""The order wizard: four steps over one draft, a summary always beside them."""
