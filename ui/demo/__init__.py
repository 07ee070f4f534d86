"""The main job, played by itself through the real screens: real keys, real server, a picture of each step."""

from ui.demo.performance import play

__all__ = ["play"]
