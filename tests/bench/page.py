"""The page in headless Chromium: how soon it can be used, what it weighs, and whether long lists stay smooth.

Smooth is what never blocks the page for longer than 50 ms: the browser's own word for it is a long task.
"""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bench.home import Home, a_home
from bench.row import Row
from bench.scale import Scale
from bench.serving import Served, memory_mb, served
from bench.vault_file import filled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

    from backend.app import App
    from engine.model import Json

SMOOTH_MS = 50.0
FIRST_LOAD_KB = 60.0
USABLE_MS = 2000.0
OPEN_MS = 1000.0
STEPS = 1000
VIEWS = {"credentials": "#/settings/credentials", "editor": "#/automations/bench"}
WATCH = """() => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: 'longtask' });
}"""
# What was noted is told a little later.
TAKE = """() => new Promise((done) => setTimeout(() => {
  done(window.longest);
  window.longest = 0;
}, 300))"""
# Goes through all that can be scrolled in the page: to its end and back, forty stops each way.
SCROLL = """async (count) => {
  const long = [...document.querySelectorAll('*')].filter((it) => it.scrollHeight > it.clientHeight + 200);
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let stop = 0; stop <= 2 * count; stop += 1) {
    const share = stop <= count ? stop / count : 2 - stop / count;
    for (const it of long) it.scrollTop = share * it.scrollHeight;
    await frame();
  }
}"""


def rows(scale: Scale) -> list[Row]:
    from playwright.sync_api import sync_playwright

    from ui.visitor import find_chromium, start_browser

    executable = find_chromium()
    if executable is None:
        return [Row("the page", "ms", note="no Chromium on this machine")]
    with sync_playwright() as playwright, closing(start_browser(playwright, executable)) as browser:
        return [
            *_start(browser, scale),
            *_size(browser),
            *_credentials(browser, scale),
            *_log(browser, scale),
            *_steps(browser),
        ]


# ---------------------------------------------------------------- from nothing to the page


def _start(browser: "Browser", scale: Scale) -> list[Row]:
    """From the start of the process to a page that can be used, in a browser that runs already."""
    times, memory = [], []
    for _ in range(max(2, scale.rounds // 2)):
        with (
            a_home("http://127.0.0.1:9") as home,
            served(home.environ) as program,
            _arrived(browser, program) as page,
        ):
            times.append((time.perf_counter() - program.began_at) * 1000)
            _settle(page)
            memory.append(memory_mb(program.pid))
    return [
        Row("loopi serve: start to a page that can be used", "ms", min(times), bar=USABLE_MS),
        Row("loopi serve: memory with a page open, PSS", "MB", min(memory)),
    ]


# ---------------------------------------------------------------- what is loaded


def _size(browser: "Browser") -> list[Row]:
    """What goes over the wire, through gzip: at first, and for the editor on top of it."""
    with a_home("http://127.0.0.1:9") as home, served(home.environ) as program:
        _app(home).automations.save(_long_automation(1))
        with _arrived(browser, program, visit=False) as page:
            heard: list[Response] = []
            page.on("response", lambda answer: heard.append(answer))  # noqa: PLW0108 - it is marked by its hearer
            page.goto(program.link)
            _show(page)
            _settle(page)
            first, first_css = _kilobytes(heard, ".js"), _kilobytes(heard, ".css")
            page.goto(program.url + VIEWS["editor"])
            page.get_by_role("tree").wait_for()
            _settle(page)
            editor = _kilobytes(heard, ".js") - first
    return [
        Row("page, first load: JavaScript, gzip", "kB", first, bar=FIRST_LOAD_KB),
        Row("page, first load: CSS, gzip", "kB", first_css),
        Row("page, the editor: JavaScript on top, gzip", "kB", editor),
    ]


def _kilobytes(heard: "list[Response]", ending: str) -> float:
    answers = [answer for answer in heard if answer.url.endswith(ending)]
    return sum(answer.request.sizes()["responseBodySize"] for answer in answers) / 1000


# ---------------------------------------------------------------- long lists


def _credentials(browser: "Browser", scale: Scale) -> list[Row]:
    name = f"page, {scale.credentials:,} credentials: the longest task"
    with (
        filled(scale.credentials) as (_, home),
        served(home.environ) as program,
        _arrived(browser, program) as page,
    ):
        opening = _longest(page, program.url + VIEWS["credentials"])
        page.evaluate(SCROLL, 40)
        scrolling = _taken(page)
        page.get_by_role("searchbox").press_sequentially("credential 99", delay=20)
        return [
            _smooth(f"{name}, opening", opening),
            _smooth(f"{name}, scrolling", scrolling),
            _smooth(f"{name}, searching", _taken(page)),
        ]


def _log(browser: "Browser", scale: Scale) -> list[Row]:
    name = f"page, a log of {scale.log_lines:,} lines: the longest task"
    with a_home("http://127.0.0.1:9") as home:
        run_id = _run(_app(home), scale.log_lines)
        with served(home.environ) as program, _arrived(browser, program) as page:
            opening = _longest(page, f"{program.url}#/history/{run_id}")
            page.evaluate(SCROLL, 40)
            return [_smooth(f"{name}, opening", opening), _smooth(f"{name}, scrolling", _taken(page))]


def _steps(browser: "Browser") -> list[Row]:
    name = f"page, an automation of {STEPS:,} steps"
    with a_home("http://127.0.0.1:9") as home:
        _app(home).automations.save(_many_steps(STEPS))
        with served(home.environ) as program, _arrived(browser, program) as page:
            opening = _longest(page, program.url + VIEWS["editor"])
            page.get_by_role("treeitem").first.focus()
            _taken(page)
            for key in ("ArrowDown", "End", "ArrowUp", "Home") * 5:
                page.keyboard.press(key)
            return [
                Row(f"{name}: the longest task, opening", "ms", opening, bar=OPEN_MS),
                _smooth(f"{name}: the longest task, with the keys", _taken(page)),
            ]


def _longest(page: "Page", address: str) -> float:
    """The longest task while this view opens and settles."""
    page.evaluate(WATCH)
    page.goto(address)
    _show(page)
    return _taken(page)


def _taken(page: "Page") -> float:
    """The longest task since it was asked last."""
    _settle(page)
    return float(page.evaluate(TAKE))


def _smooth(what: str, longest_ms: float) -> Row:
    # The browser notes tasks above 50 ms only.
    note = "" if longest_ms else "none is long"
    return Row(what, "ms", longest_ms or SMOOTH_MS, bar=SMOOTH_MS, note=note)


def _run(app: "App", lines: int) -> str:
    """A run whose log has so many lines; its id."""
    running = app.runs.start(app.parse(_long_automation(lines // 2)))
    finished = running.wait()
    assert finished is not None
    assert finished.outcome == "succeeded", finished.error
    app.journal.close()
    return running.run_id


def _long_automation(rounds: int) -> "dict[str, Json]":
    """Two lines of log in each round: what was set, and that the step is done."""
    step: dict[str, Json] = {
        "id": "note",
        "type": "setVariable",
        "variableName": "seen",
        "value": "{{loopIndex}}",
    }
    items: list[Json] = [*range(rounds)]
    loop: dict[str, Json] = {"id": "loop", "type": "forEach", "items": items, "steps": [step]}
    return {"format": "loopi-automation/1", "id": "bench", "name": "Bench", "steps": [loop]}


def _many_steps(count: int) -> "dict[str, Json]":
    steps: list[Json] = [{"id": f"rest{number}", "type": "wait", "value": 0} for number in range(count)]
    return {"format": "loopi-automation/1", "id": "bench", "name": "Bench", "steps": steps}


# ---------------------------------------------------------------- the browser


@contextmanager
def _arrived(browser: "Browser", program: Served, *, visit: bool = True) -> "Iterator[Page]":
    """A page of a new visitor."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    if visit:
        page.goto(program.link)
        _show(page)
    yield page
    context.close()


def _show(page: "Page") -> None:
    page.get_by_role("main").get_by_role("heading", level=1).first.wait_for()


def _settle(page: "Page") -> None:
    """Until whatever was begun is done. The stream of events never ends, so the network is never idle."""
    page.wait_for_timeout(1500)


def _app(home: Home) -> "App":
    from backend.app import open_app

    return open_app(home.environ)
