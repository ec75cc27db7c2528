"""Bodies of an `apiCall` that name files: only what the automation itself spells out is ever read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from engine.errors import LoopiError
from engine.http.body import Body
from engine.steps.action import ActionContext
from engine.steps.api_body import refuse
from engine.steps.api_file import LocalFile, file_to_send
from engine.steps.api_multipart import FILE_TYPE, Find, multipart_body, new_boundary, shown_parts

_KINDS = frozenset({"file", "multipart"})


@dataclass(frozen=True, slots=True)
class Upload:
    """How files get into a body: found by name, and between `boundary`, the same at each use."""

    find: Find
    boundary: str

    def written(self, body: Mapping[str, object]) -> tuple[Body, str]:
        """Body and Content-Type. Raises LoopiError `file.…`, HttpError `http.invalid_request`."""
        if "multipart" in body:
            return multipart_body(body["multipart"], self.boundary, self.find), self._type
        return self._file(body), FILE_TYPE

    def shown(self, body: Mapping[str, object]) -> tuple[str, str]:
        """The same in words: names of files, never what is in them."""
        if "multipart" in body:
            return shown_parts(body["multipart"]), self._type
        return f"@{body['file']} ({self._file(body).size_bytes} bytes)", FILE_TYPE

    def _file(self, body: Mapping[str, object]) -> LocalFile:
        return self.find(str(body["file"]))

    @property
    def _type(self) -> str:
        return f"multipart/form-data; boundary={self.boundary}"


def upload_of(params: Mapping[str, object], context: ActionContext) -> Upload | None:
    """How the body's files are sent; None for a body of another kind.

    Raises LoopiError `file.not_literal` for a file that is not written out in the step: else an answer could
    choose what is sent.
    """
    body = params.get("body")
    if not names_files(body):
        return None
    names = file_names(body)
    if names != file_names(context.step.params.get("body")) or any("{{" in name for name in names):
        raise LoopiError(
            "file.not_literal",
            "The file to be sent is not written out in the step: nothing was sent.",
            hint="Write the file's name into the step, without a placeholder.",
        )
    return Upload(partial(file_to_send, context.resources.settings), new_boundary())


def names_files(body: object) -> bool:
    """Whether a body is one of those that name files."""
    if not isinstance(body, Mapping) or not body.keys() & _KINDS:
        return False
    if len(body) != 1:
        refuse("body", "must have exactly one of json, form, text, multipart and file")
    return True


def file_names(body: object) -> list[str]:
    """The files that a body names, as they are written."""
    if not isinstance(body, Mapping):
        return []
    if "file" in body:
        return [str(body["file"])]
    parts = body.get("multipart")
    found = parts if isinstance(parts, list | tuple) else ()
    return [str(part["file"]) for part in found if isinstance(part, Mapping) and "file" in part]


def file_warnings(params: Mapping[str, object]) -> list[str]:
    """What is worth a second look in an automation that somebody else wrote."""
    warnings = [f"sends the file {name[:100]} of this machine" for name in file_names(params.get("body"))]
    if params.get("saveResponseTo"):
        warnings.append("writes a file on this machine")
    return warnings
