"""What a front end may call: one class per job. Views leave, plain values come in."""
