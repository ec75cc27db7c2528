"""Pictures and videos that X takes, told by how a file begins and not by its name. Opens no file.

So a step that was made to send a key or a letter sends nothing: neither begins like a picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

MEBIBYTE = 1024 * 1024
Use: TypeAlias = Literal["tweet", "message"]
_PREFIX: Mapping[Use, str] = {"tweet": "tweet", "message": "dm"}


@dataclass(frozen=True, slots=True)
class MediaKind:
    """`group` is image, gif or video: X's caps hold for a group. `mime` is what the request says."""

    group: Literal["image", "gif", "video"]
    mime: str

    @property
    def max_bytes(self) -> int:
        """X's cap for the group."""
        return _CAPS[self.group] * MEBIBYTE

    def category(self, use: Use) -> str:
        """X's word for the group, in a tweet or in a message."""
        return f"{_PREFIX[use]}_{self.group}"


# https://docs.x.com/x-api/media/quickstart/best-practices, in MiB.
_CAPS = {"image": 5, "gif": 15, "video": 512}
_BEGINNINGS = (
    (b"\xff\xd8\xff", MediaKind("image", "image/jpeg")),
    (b"\x89PNG\r\n\x1a\n", MediaKind("image", "image/png")),
    (b"GIF87a", MediaKind("gif", "image/gif")),
    (b"GIF89a", MediaKind("gif", "image/gif")),
    (b"\x1aE\xdf\xa3", MediaKind("video", "video/webm")),
)
_WEBP = MediaKind("image", "image/webp")
_QUICKTIME, _MP4 = MediaKind("video", "video/quicktime"), MediaKind("video", "video/mp4")
# HEIC and AVIF pictures are of the same family of files as MP4, and X takes neither.
_PICTURE_BRANDS = (b"hei", b"hev", b"mif1", b"msf1", b"avi")


def kind_of(beginning: bytes) -> MediaKind | None:
    """What a file is by its first 12 bytes, or None for what X does not take."""
    for start, kind in _BEGINNINGS:
        if beginning.startswith(start):
            return kind
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return _WEBP
    if beginning[4:8] != b"ftyp" or beginning[8:12].startswith(_PICTURE_BRANDS):
        return None
    return _QUICKTIME if beginning[8:12] == b"qt  " else _MP4
