"""What every reader starts from: the bytes of one source and how they came."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Raw:
    """One source, unread.

    origin: path or URL, as messages name it. content_type: the HTTP header, "" for files.
    url: the address the bytes were fetched from, "" for files. name: the file's name, which
    decides where the content does not; by default that of the origin.
    """

    data: bytes
    origin: str
    content_type: str = ""
    url: str = ""
    name: str = ""

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; "" where there is none."""
        name = self.name or self.origin
        if name.startswith(("http://", "https://")):
            name = unquote(urlsplit(name).path)
        return PurePosixPath(name.replace("\\", "/")).suffix.lower()

    @cached_property
    def media_type(self) -> str:
        """The media type of the content-type header without its parameters, in lower case."""
        return self.content_type.split(";")[0].strip().lower()
