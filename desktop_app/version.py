"""Which version of the program this is."""


def program_version() -> str:
    """The installed version, `0` when run from a bare checkout."""
    # Late: the start of the program does not need it.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("comptoir")
    except PackageNotFoundError:
        return "0"
