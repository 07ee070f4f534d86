"""The home room: what needs me now."""
