"""`saveResponseTo`: an answer goes into a file instead of a variable. Only the step says its folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.events import RequestSent
from engine.http.message import HttpRequest
from engine.model import Json
from engine.steps.action import ActionContext
from engine.steps.api_answer import holds
from engine.steps.api_body import refuse
from engine.steps.api_download import Download
from engine.steps.api_exchange import Exchange
from engine.steps.api_file import local_path, refuse_taken
from engine.template.render import template


@dataclass(frozen=True, slots=True)
class Target:
    """Where an answer goes."""

    name: str
    path: Path
    may_overwrite: bool

    def fetch(self, exchange: Exchange, request: HttpRequest, sent: RequestSent) -> StepResult:
        """Send, and write the answer as it comes; the step leaves its name. What fails the step is not saved.

        Raises HttpError, LoopiError `file.…`.
        """
        wants = partial(holds, exchange.allowed)
        with Download(self.path, self.name, may_overwrite=self.may_overwrite, wants=wants) as download:
            answer = exchange.ask(request, sent, store=download)
            result = exchange.result(answer)
            if result.status != "ok":
                return result
            download.keep()
        saved: dict[str, Json] = {
            "file": self.name,
            "sizeBytes": download.size_bytes,
            "contentType": answer.response.headers.get("content-type") or "",
        }
        kept = {key: value for key, value in result.output.items() if key != "note"}
        return StepResult("ok", {**kept, "data": saved})


def target_of(params: Mapping[str, object], context: ActionContext) -> Target | None:
    """The file of the step's answer, or None. Raises LoopiError `file.…` before anything is sent."""
    name = params.get("saveResponseTo")
    if name is None or name == "":
        return None
    if not isinstance(name, str):
        refuse("saveResponseTo", "must be the name of a file")
    if params.get("pagination") is not None:
        refuse("saveResponseTo", "cannot be used together with pagination")
    written = str(context.step.params.get("saveResponseTo"))
    if _has_open_folder(written):
        raise LoopiError(
            "file.bad_name",
            f"saveResponseTo names a folder by a placeholder: {written}. Nothing was sent.",
            hint="A placeholder may stand for the file's name: reports/{{day}}.pdf. Folders are written out.",
        )
    if name.count("/") != _slashes(written):
        raise LoopiError(
            "file.bad_name",
            "A value in the file's name holds a /, which would lead to another folder. Nothing was sent.",
            hint="A placeholder may stand for one name: reports/{{day}}.pdf. Folders are written out.",
        )
    path = local_path(context.resources.settings, name)
    may_overwrite = params.get("overwriteFile") is True
    if not may_overwrite:
        refuse_taken(path, name)
    return Target(name, path, may_overwrite)


def _slashes(written: str) -> int:
    return sum(part.count("/") for part in template(written).parts if isinstance(part, str))


def _has_open_folder(written: str) -> bool:
    """Whether a / comes after a placeholder, which then stands in a folder's name."""
    parts = template(written).parts
    first = next((place for place, part in enumerate(parts) if not isinstance(part, str)), len(parts))
    return any("/" in part for part in parts[first:] if isinstance(part, str))
