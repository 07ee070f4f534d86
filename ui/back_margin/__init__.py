"""The meter to the next back-margin step: its words, its picture, its calculation; shown on Home and in the wizard."""
