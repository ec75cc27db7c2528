"""Media on its way to X (API v2): a picture at once, the rest piece by piece, then X works it up."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.errors import LoopiError
from engine.model import Json
from engine.steps.action import ActionContext
from engine.steps.api_file import LocalFile
from engine.steps.media_kind import MEBIBYTE, MediaKind, Use
from engine.steps.twitter_client import XClient, post_form
from engine.steps.waiting import pause
from engine.template.unsent import NOT_SENT, Unsent

SEGMENT_BYTES = 4 * MEBIBYTE
MAX_WORK_S = 1800.0
_PATH = "/2/media/upload"
_WAITS_S = (1.0, 60.0)
_USUAL_WAIT_S = 5.0
Answer = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Upload:
    """One file. `send` raises XError, HttpError, and LoopiError `file.…` when the file changes meanwhile.

    In a run that sends nothing, all its requests are told, and then it ends with the error of the first one.
    """

    client: XClient
    context: ActionContext
    file: LocalFile
    kind: MediaKind
    _unsent: list[LoopiError] = field(default_factory=list)

    def send(self, use: Use, alt: str) -> Answer:
        """X's last answer about the media, when it can be used. Raises LoopiError `x.media_failed`."""
        answer = self._at_once(use) if self.kind.group == "image" else self._in_pieces(use)
        media_id = _id_of(answer)
        answer = self._ready(media_id, answer)
        if alt:
            metadata: Json = {"id": media_id, "metadata": {"alt_text": {"text": alt}}}
            self._asked("POST", "/2/media/metadata", json=metadata)
        if self._unsent:
            raise self._unsent[0]
        return answer

    def _at_once(self, use: Use) -> Answer:
        fields = {"media_category": self.kind.category(use), "media_type": self.kind.mime}
        return self._told(lambda: post_form(self.client, _PATH, fields, b"".join(self.file.pieces())))

    def _in_pieces(self, use: Use) -> Answer:
        begin: Json = {
            "media_category": self.kind.category(use),
            "media_type": self.kind.mime,
            "total_bytes": self.file.size_bytes,
        }
        media_id = _id_of(self._asked("POST", f"{_PATH}/initialize", json=begin))
        for index, segment in enumerate(segments(self.file.pieces())):
            self._append(media_id, index, segment)
        return self._asked("POST", f"{_PATH}/{media_id}/finalize")

    def _append(self, media_id: str, index: int, segment: bytes) -> None:
        fields = {"segment_index": str(index)}
        self._told(lambda: post_form(self.client, f"{_PATH}/{media_id}/append", fields, segment))

    def _ready(self, media_id: str, answer: Answer) -> Answer:
        """Ask again and again, as often as X says, until X has worked the media up."""
        waited_s = 0.0
        while (work := _work_of(answer)) is not None and work.get("state") != "succeeded":
            if work.get("state") == "failed":
                raise _failed(work)
            seconds = _wait_s(work)
            waited_s += seconds
            if waited_s > MAX_WORK_S:
                raise LoopiError(
                    "x.media_slow", f"X has not worked the media up in {MAX_WORK_S / 60:.0f} minutes."
                )
            pause(seconds, self.context)
            answer = self._asked("GET", _PATH, params={"command": "STATUS", "media_id": media_id})
        return answer

    def _asked(
        self, method: str, path: str, *, json: Json = None, params: Mapping[str, str] | None = None
    ) -> Answer:
        request = self.client.request
        return self._told(lambda: request(method, path, user_auth=True, json=json, params=params).json())

    def _told(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except LoopiError as error:
            if error.code != NOT_SENT:
                raise
            self._unsent.append(error)
            return {"data": {"id": Unsent("id-of-the-media")}}


def segments(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in parts of SEGMENT_BYTES, the last one shorter."""
    part = bytearray()
    for piece in pieces:
        part += piece
        while len(part) >= SEGMENT_BYTES:
            yield bytes(part[:SEGMENT_BYTES])
            del part[:SEGMENT_BYTES]
    if part:
        yield bytes(part)


def _data(answer: Answer) -> Answer:
    data = answer.get("data")
    return data if isinstance(data, Mapping) else {}


def _id_of(answer: Answer) -> str:
    media_id = _data(answer).get("id")
    # It becomes a part of the next address.
    if isinstance(media_id, Unsent):
        return media_id
    if isinstance(media_id, str) and media_id.isascii() and media_id.isdigit():
        return media_id
    raise LoopiError("x.unexpected_answer", "X's answer does not tell the id of the media.")


def _work_of(answer: Answer) -> Answer | None:
    work = _data(answer).get("processing_info")
    return work if isinstance(work, Mapping) else None


def _wait_s(work: Answer) -> float:
    asked = work.get("check_after_secs")
    least, most = _WAITS_S
    return min(max(float(asked), least), most) if isinstance(asked, int | float) else _USUAL_WAIT_S


def _failed(work: Answer) -> LoopiError:
    error = work.get("error")
    said = error.get("message") or error.get("name") if isinstance(error, Mapping) else None
    return LoopiError(
        "x.media_failed",
        "X could not use the media." + (f" It said: “{str(said)[:300]}”" if said else ""),
        hint="X is particular about videos: H.264 with AAC sound, at most 140 seconds for most accounts.",
    )
