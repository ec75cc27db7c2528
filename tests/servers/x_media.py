"""Media at the test server for X: uploads at once and piece by piece, and X's own work on them."""

import re
from collections.abc import Callable, Mapping

from servers import x_problems as problems
from servers.loopback import Seen
from servers.x_routes import Answer, Call
from servers.x_state import Json, Media

_BOUNDARY = re.compile(r'multipart/form-data; boundary="?([^"]+)"?')
_NAME = re.compile(rb'name="([^"]*)"')


def form(seen: Seen) -> dict[str, bytes]:
    """The parts of a multipart body by name."""
    found = _BOUNDARY.fullmatch(seen.header("content-type") or "")
    if found is None:
        return {}
    parts = {}
    for part in seen.body.split(b"--" + found[1].encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        assert name is not None, head
        parts[name[1].decode()] = content.removesuffix(b"\r\n")
    return parts


def upload(call: Call) -> Answer:
    parts = form(call.seen)
    if not {"media", "media_category"} <= parts.keys():
        return problems.invalid("$.media: is missing")
    category = parts["media_category"].decode()
    if category not in {"tweet_image", "dm_image", "subtitles"}:
        return problems.invalid(f"$.media_category: {category} cannot be uploaded at once")
    media = call.state.add_media(category, len(parts["media"]))
    media.segments[0] = parts["media"]
    return _shown(media)


def initialize(call: Call) -> Answer:
    body = call.json()
    category, size = body.get("media_category"), body.get("total_bytes")
    if not isinstance(category, str) or not isinstance(size, int):
        return problems.invalid("$.total_bytes: is missing")
    return _shown(call.state.add_media(category, size))


def append(call: Call) -> Answer:
    parts, media = form(call.seen), call.state.media.get(call.names["id"])
    if media is None or not {"media", "segment_index"} <= parts.keys():
        return problems.invalid("$.segment_index: is missing")
    if len(parts["media"]) > 5 * 1024 * 1024:
        return problems.TOO_LARGE
    media.segments[int(parts["segment_index"])] = parts["media"]
    if call.state.appends_silently:
        return None
    return {"data": {"expires_at": int(call.state.now()) + 86_400}, "meta": {}}


def finalize(call: Call) -> Answer:
    media = call.state.media.get(call.names["id"])
    if (
        media is None
        or len(media.content) != media.total
        or sorted(media.segments) != list(range(len(media.segments)))
    ):
        return problems.invalid("Segments do not add up to provided total file size.")
    media.is_final = True
    return _shown(media)


def status(call: Call) -> Answer:
    media = call.state.media.get(call.seen.query.get("media_id", ""))
    if media is None or call.seen.query.get("command") != "STATUS":
        return problems.problem(404, "Not Found", "Not Found")
    if media.work:
        media.work.pop(0)
    return _shown(media)


def metadata(call: Call) -> Answer:
    body = call.json()
    media = call.state.media.get(str(body.get("id")))
    given = body.get("metadata")
    alt = given.get("alt_text") if isinstance(given, Mapping) else None
    if media is None or not isinstance(alt, Mapping):
        return problems.invalid("$.id: is missing")
    media.alt = str(alt.get("text"))
    return {"data": {"id": media.id, "associated_metadata": {"alt_text": {"text": media.alt}}}}


def _shown(media: Media) -> Json:
    data: dict[str, Json] = {
        "id": media.id,
        "media_key": f"3_{media.id}",
        "size": media.total,
        "expires_after_secs": 86_400,
    }
    if media.is_final and media.work:
        data["processing_info"] = {"type": "video", **media.work[0]}
    return {"data": data, "meta": {}}


_ID = r"(?P<id>[0-9]{1,19})"
MEDIA_ROUTES: tuple[tuple[str, str, int, Callable[[Call], Answer]], ...] = (
    ("POST", r"/2/media/upload", 500, upload),
    ("GET", r"/2/media/upload", 1000, status),
    ("POST", r"/2/media/upload/initialize", 1875, initialize),
    ("POST", rf"/2/media/upload/{_ID}/append", 1875, append),
    ("POST", rf"/2/media/upload/{_ID}/finalize", 1875, finalize),
    ("POST", r"/2/media/metadata", 500, metadata),
)
