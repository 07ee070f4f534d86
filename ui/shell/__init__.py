"""The window round the rooms: rail, top bar, status bar, palette, dialogs. Rooms know it only as a `Navigator`."""
