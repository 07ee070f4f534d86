"""The main job, played by itself through the real screens: real keys, real server, a picture of each step."""
