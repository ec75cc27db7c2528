"""Pictures and videos for tweets and messages: `twitterUploadMedia`. How they get to X: `twitter_upload`."""

from typing import cast

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.steps.action import ActionContext
from engine.steps.api_file import LocalFile, file_to_send
from engine.steps.media_kind import MEBIBYTE, MediaKind, Use, kind_of
from engine.steps.twitter import result, x_step
from engine.steps.twitter_params import Params, invalid, text
from engine.steps.twitter_price import of_upload

ALT_LIMIT = 1000
_USES = ("tweet", "message")


def upload_media(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: `{"id", "media_key", "size", "expires_after_secs"}`; the id goes into `mediaId`."""
    from engine.steps.twitter_upload import Upload

    use, alt = _use(params), text(params, "altText").strip()
    if len(alt) > ALT_LIMIT:
        raise invalid(f"altText has {len(alt)} characters, and X takes {ALT_LIMIT}.")
    name = text(params, "filePath").strip()
    if not name:
        raise invalid("filePath must not be empty.", "Name a file in the folder of files.")
    file = file_to_send(context.resources.settings, name)
    kind = _kind(file)
    return result(context, lambda client: Upload(client, context, file, kind).send(use, alt))


def _use(params: Params) -> Use:
    written = text(params, "usedFor").strip() or "tweet"
    if written not in _USES:
        raise invalid(f"usedFor must be one of {', '.join(_USES)}.")
    return cast("Use", written)


def _kind(file: LocalFile) -> MediaKind:
    kind = kind_of(next(file.pieces(), b"")[:12])
    if kind is None:
        raise LoopiError(
            "x.media_kind",
            f"{file.name} is neither a picture nor a video that X takes: nothing was sent.",
            hint="X takes JPEG, PNG, WebP, GIF, MP4, MOV and WebM. What is in the file counts, not its name.",
        )
    if file.size_bytes > kind.max_bytes:
        raise LoopiError(
            "x.media_size",
            f"{file.name} has {file.size_bytes / MEBIBYTE:.1f} MiB, and X takes "
            f"{kind.max_bytes // MEBIBYTE} of this kind ({kind.group}): nothing was sent.",
            hint="Make it smaller.",
        )
    return kind


UPLOAD_MEDIA = x_step("twitterUploadMedia", upload_media, "idempotent", price=of_upload)
