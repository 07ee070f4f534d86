"""The pure rules of the trade: no I/O, no clock, no randomness, no logging. The server imports these too."""
