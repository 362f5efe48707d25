"""What is wrong with what somebody typed or handed to the command line, where neither click nor ``rag`` can say it."""


class InputError(Exception):
    """Bad input; ``key`` names its text in ``ui.catalog_cli.MESSAGES`` and ``facts`` its variable parts."""

    def __init__(self, key: str, **facts: object) -> None:
        self.key = key
        self.facts = facts
        super().__init__(key)
