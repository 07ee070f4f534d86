"""The sub-commands of `comptoir`: each module has `configure(parser)` and `run(arguments) -> exit code`."""
