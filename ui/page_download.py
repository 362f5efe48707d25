"""A file that the page gives away; it is made when it is asked for and never lies on the disk."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, kw_only=True)
class Download:
    """Its name, its media type and what is in it."""

    name: str
    media: str
    content: bytes

    @property
    def headers(self) -> dict[str, str]:
        """Saved, never opened in the page: nothing in it can act in the page's name (RFC 6266, names by RFC 8187)."""
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in self.name)
        named = f'attachment; filename="{plain}"'
        if plain != self.name:
            named += f"; filename*=UTF-8''{quote(self.name, safe='')}"
        return {"content-disposition": named, "cache-control": "no-store"}
