"""Owner of pydantic: frozen values as lines of a file, and back with their types."""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Value = TypeVar("Value")


class Written(Generic[Value]):
    """Values of one type, each on a line."""

    def __init__(self, type: type[Value]) -> None:
        self._type = type

    def line(self, value: Value) -> str:
        """``value`` on one line, in ASCII: so a file name that is no valid text (a lone surrogate) survives as well."""
        return json.dumps(self._adapter.dump_python(value))

    def read(self, line: bytes) -> Value | None:
        """The value on one line; ``None`` where the line is empty, cut off or says something else."""
        if not line.strip():
            return None
        try:
            return self._adapter.validate_python(json.loads(line))
        except ValueError:  # that of pydantic is one too
            return None

    @cached_property
    def _adapter(self) -> "TypeAdapter[Value]":
        """Built once and late: it looks at every type that a value is made of."""
        from pydantic import TypeAdapter

        return TypeAdapter(self._type)
