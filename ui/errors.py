"""What is wrong with what somebody typed or handed to the command line, where neither click nor ``rag`` can say it."""

from typing import ClassVar

from ui.catalog_cli import MESSAGES
from ui.catalog_collections import COLLECTIONS
from ui.catalog_login import AUTH
from ui.language import Catalogue


class InputError(Exception):
    """Bad input; ``key`` names its text in ``catalogue`` and ``facts`` its variable parts."""

    catalogue: ClassVar[Catalogue] = MESSAGES

    def __init__(self, key: str, **facts: object) -> None:
        self.key = key
        self.facts = facts
        super().__init__(key)


class CollectionError(InputError):
    """About what should be done with a collection."""

    catalogue = COLLECTIONS


class AuthError(InputError):
    """About the file that says who may use the page, or a password for it."""

    catalogue = AUTH
