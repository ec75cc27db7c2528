"""`saveResponseTo`: an answer goes into a file instead of a variable. Only the step says its folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.http.message import HttpResponse
from engine.model import Json
from engine.steps.action import ActionContext
from engine.steps.api_body import refuse
from engine.steps.api_file import local_path, refuse_taken, save_file
from engine.template.render import template


@dataclass(frozen=True, slots=True)
class Target:
    """Where an answer goes."""

    name: str
    path: Path
    may_overwrite: bool

    def keep(self, response: HttpResponse, output: Mapping[str, Json]) -> StepResult:
        """Write the body; the step leaves its name. Raises LoopiError `file.…`."""
        save_file(self.path, self.name, response.body, may_overwrite=self.may_overwrite)
        saved: dict[str, Json] = {
            "file": self.name,
            "sizeBytes": len(response.body),
            "contentType": response.headers.get("content-type") or "",
        }
        return StepResult("ok", {**{key: output[key] for key in output if key != "note"}, "data": saved})


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
