"""The Qt desktop over desktop_app."""
