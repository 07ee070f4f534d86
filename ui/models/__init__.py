"""Table models over the core's views: no painting, no service calls but those a cell edit needs."""
