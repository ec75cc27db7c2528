"""Asks page after page of an `apiCall` and joins the items. Keys stay with the origin of the first page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast
from urllib.parse import urljoin

from engine.effects import StepResult
from engine.events import RequestSent
from engine.http.error import BlockedByPolicy, HttpError
from engine.http.inflate import too_large
from engine.http.message import HttpRequest
from engine.http.url import Url, parse_url
from engine.model import Json
from engine.ports import Signing
from engine.steps.api_answer import holds
from engine.steps.api_exchange import Answer, Exchange
from engine.steps.api_page_plan import BY_ADDRESS, PagePlan, Position, at_position, items_of, next_position
from engine.steps.api_request import address_of, build_request, shown_request
from engine.steps.api_upload import Upload

_PAGES = "pages"
# A cursor may be good for minutes only.
_GONE = frozenset({400, 404, 410, 422})


@dataclass(slots=True)
class _Joined:
    """What the pages gave so far."""

    items: list[Json] = field(default_factory=list)
    pages: int = 0
    size_bytes: int = 0
    elapsed_s: float = 0.0
    seen: set[tuple[str, bytes]] = field(default_factory=set)
    last: bytes = b""


@dataclass(frozen=True, slots=True)
class _Halfway:
    """The pages that there are, and where the next one is."""

    joined: _Joined
    place: Position | None


@dataclass(frozen=True, slots=True)
class PageLoop:
    """The pages of one step. `signing` as `shown_request` takes it.

    Another attempt goes on with the page that failed, or with the first one when a service does not know the
    place of that any more.
    """

    exchange: Exchange
    plan: PagePlan
    params: Mapping[str, object]
    signing: Signing | None
    upload: Upload | None = None

    def run(self) -> StepResult:
        """All items under `data`, with `pages` and `hasMore`. Raises HttpError."""
        progress = self.exchange.context.progress
        halfway = cast("_Halfway | None", progress.get(_PAGES))
        if halfway is not None:
            result = self._run(halfway)
            if result is not None:
                return result
            progress.clear()
        return cast("StepResult", self._run(_Halfway(_Joined(), self.plan.first)))

    def _run(self, halfway: _Halfway) -> StepResult | None:
        """None when the place of the first page asked for is not known any more, and it is a later one."""
        joined, place, had = halfway.joined, halfway.place, halfway.joined.pages
        while True:
            request, sent = self._page(place)
            asked = _known(request, joined)
            answer = self.exchange.ask(request, sent, is_brief=joined.pages > 0)
            if not holds(self.exchange.allowed, answer.response.status):
                is_gone = 0 < joined.pages == had and answer.response.status in _GONE
                return None if is_gone else self.exchange.result(answer)
            joined.seen.add(asked)
            count = self._take(answer, joined)
            place = next_position(self.plan, place, answer.content.data, answer.response.headers, count=count)
            if place is not None and self.plan.kind in BY_ADDRESS:
                place = self._checked(str(place), answer.response.url)
            if place is None or joined.pages >= self.plan.max_pages or self._is_full(joined):
                return self._result(answer, joined, has_more=place is not None)
            self.exchange.context.progress[_PAGES] = _Halfway(joined, place)

    def _page(self, place: Position | None) -> tuple[HttpRequest, RequestSent]:
        params, shown = self.params, self.exchange.context.shown
        if place is not None:
            params = at_position(params, address_of(params), self.plan, place)
            by_answer = self.plan.kind in BY_ADDRESS
            seen = self.exchange.context.resources.redactor.text(str(place)) if by_answer else place
            shown = at_position(shown, address_of(shown), self.plan, seen)
        sent = shown_request(shown, self.signing, self.upload)
        is_first = place is None or place == self.plan.first
        return build_request(params, self.upload), sent if is_first else replace(sent, headers={}, body="")

    def _take(self, answer: Answer, joined: _Joined) -> int:
        body = answer.response.body
        items = items_of(self.plan, answer.content.data, is_first=not joined.pages)
        if items and body == joined.last:
            raise _loop(answer.response.url)
        joined.last = body
        joined.pages += 1
        joined.size_bytes += len(body)
        joined.elapsed_s += answer.response.elapsed_s
        limit_bytes = self.exchange.context.resources.settings.max_response_bytes
        if joined.size_bytes > limit_bytes:
            raise too_large(limit_bytes)
        joined.items += items
        return len(items)

    def _is_full(self, joined: _Joined) -> bool:
        return len(joined.items) >= self.plan.max_items

    def _checked(self, target: str, base: Url) -> str:
        """The address that an answer names, whole. Raises for any other origin: the step's keys go along."""
        first = parse_url(address_of(self.params))
        try:
            url = parse_url(urljoin(base.text, target))
        except (HttpError, ValueError):
            url = None
        if url is None or url.origin != first.origin:
            raise BlockedByPolicy(
                "policy.page_elsewhere",
                f"The answer names a next page that is not at {first.origin}. It was not asked for.",
                hint="If the service moves between hosts, ask for its pages by number or cursor.",
            )
        return url.text

    def _result(self, answer: Answer, joined: _Joined, *, has_more: bool) -> StepResult:
        most = self.plan.max_items
        output = {
            **answer.output,
            "elapsedSeconds": round(joined.elapsed_s, 6),
            "data": joined.items[:most],
            "pages": joined.pages,
            "hasMore": has_more or len(joined.items) > most,
        }
        return StepResult("ok", output)


def _known(request: HttpRequest, joined: _Joined) -> tuple[str, bytes]:
    """What tells a request from the others. Raises HttpError when it was answered before."""
    asked = (request.url.text, request.body if isinstance(request.body, bytes) else b"")
    if asked in joined.seen:
        raise _loop(request.url)
    return asked


def _loop(url: Url) -> HttpError:
    return HttpError(
        "http.page_loop",
        f"{url.host} answers with a page that was there before, so its pages would never end.",
        hint="Check pagination: the parameter may have another name at this service.",
    )
