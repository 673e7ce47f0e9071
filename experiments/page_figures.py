"""How quick a page is, in Chromium driven by Playwright: `pip install -e '.[browser]'`.

    snapback bench --page
    python experiments/page_figures.py [SCENARIO]

A figure beside its aim; on a machine that does other things the figures are of that machine.
"""

import gzip
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from sim.reports.page.page_file import page_of

MARK = "performance.getEntriesByName('{}').at(-1)?.startTime ?? 0"
DRAG = """(share) => {
    const input = document.querySelector('.lever input'), began = performance.now();
    input.value = Number(input.min) + share * (input.max - input.min);
    input.dispatchEvent(new Event('input'));
    return [performance.now() - began, began];
}"""
CLICK = """() => {
    const guess = document.querySelector('.play .slider ~ .counts button'), began = performance.now();
    (guess ?? document.querySelector('.play .hold')).click();
    return performance.now() - began;
}"""
FRAMES = """() => {
    const frames = [];
    window.frames_ = frames;
    const next = (now) => { frames.push(now); requestAnimationFrame(next); };
    requestAnimationFrame(next);
}"""


def wait(page: Page, mark: str, since: float) -> float:
    """Milliseconds from a moment until the page has set a mark."""
    while (now := page.evaluate(MARK.format(mark))) <= since:
        page.wait_for_timeout(20)
    return now - since


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[int(0.95 * (len(values) - 1))]


def opened(page: Page, path: Path, slower: int) -> float:
    """Milliseconds from navigation until the first screen is drawn, at a processor so many times slower."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(path.as_uri())
    page.locator("h1").wait_for()
    return page.evaluate(MARK.format("drawn"))


def main(name: str = "busan") -> None:
    """Print the figures of a scenario's page."""
    path = Path(tempfile.mkdtemp()) / "page.html"
    path.write_text(page_of(name)[0], "utf-8")
    print(f"size, gzipped: {len(gzip.compress(path.read_bytes())) / 1000:.0f} kB (aim 400, others 800)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for slower, aim in ((1, 500), (4, 1500)):
            page = browser.new_page(viewport={"width": 360, "height": 740})
            print(
                f"first screen drawn, processor / {slower}: {opened(page, path, slower):.0f} ms (aim {aim})"
            )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        opened(page, path, 1)
        page.locator(".move.escalate").click()
        page.locator(".dot").nth(7).click()
        wait(page, "hundred", 0)
        drags = [page.evaluate(DRAG, k / 100)[0] for k in range(100)]
        print(f"slider to picture: median {statistics.median(drags):.1f}, p95 {p95(drags):.1f} ms (aim 50)")
        began = page.evaluate(DRAG, 0.5)[1]
        print(f"100 worlds counted: {wait(page, 'share', began):.0f} ms (aim 300)")
        print(f"100 worlds drawn to the end: {wait(page, 'hundred', began):.0f} ms")
        page.evaluate(FRAMES)
        page.locator(".count").nth(2).click()
        began = wait(page, "hundred", page.evaluate("performance.now()") - 1) and page.evaluate(
            "performance.now()"
        )
        took = wait(page, "thousand", began)
        frames = [t for t in page.evaluate("window.frames_") if began <= t <= began + took]
        print(f"1,000 worlds: {took:.0f} ms (aim 3,000), {1000 * len(frames) / took:.0f} frames/s (aim 50)")
        page.locator("#panel-play > summary").click()
        page.get_by_role("button", name="Begin").click()
        clicks = []
        while page.locator(".play .moves").count() + page.locator(".play .slider").count():
            clicks.append(page.evaluate(CLICK))
        print(f"click to question: median {statistics.median(clicks):.0f}, p95 {p95(clicks):.0f} ms (aim 50)")
        others = page.evaluate(
            "() => [...document.querySelectorAll('.play ol button')].map((button) => {"
            "const t = performance.now(); button.click(); return performance.now() - t; })"
        )
        print(f"counterfactual: p95 {p95(others):.0f} ms (aim 100)")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
