"""What left, what waits and why, what needs the person, how old the data is."""
