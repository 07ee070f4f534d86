"""The training room of practice mode."""
