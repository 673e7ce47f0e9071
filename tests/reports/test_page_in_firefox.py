"""The page in Firefox: it says what it says in Chromium, to the last digit."""

import json
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from itertools import count

import pytest

from sim.reports.page.page_file import page_of

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LINK = "#page={0}&version={1}&language=en&move=escalate&guess=7"
READY = "Boolean(performance.getEntriesByName('hundred').length)"
OPEN = """document.querySelectorAll('.panel').forEach((panel) => {
    if (panel.id !== 'panel-link') panel.open = true;
})"""
WORDS = """[...document.querySelectorAll('main *')]
    .filter((x) => !x.children.length).map((x) => x.textContent).join('|')"""


@contextmanager
def firefox(profile, url):
    """Firefox without a screen, at a page, driven by WebDriver BiDi; gives what evaluates a script."""
    client = pytest.importorskip("websockets.sync.client", reason="Firefox is driven by websockets")
    profile.mkdir()
    words = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = next(line for line in process.stderr if "WebDriver BiDi listening" in line).split()[-1]
            with client.connect(f"{address}/session", max_size=None, proxy=None) as line:
                numbers = count()

                def ask(method, **params):
                    number = next(numbers)
                    line.send(json.dumps({"id": number, "method": method, "params": params}))
                    while (answer := json.loads(line.recv(timeout=60))).get("id") != number:
                        pass
                    assert answer["type"] == "success", answer
                    return answer["result"]

                def evaluate(script):
                    place = {"target": {"context": tab}, "awaitPromise": False}
                    result = ask("script.evaluate", expression=script, **place)
                    assert result["type"] == "success", result
                    return result["result"].get("value")

                ask("session.new", capabilities={})
                tab = ask("browsingContext.getTree")["contexts"][0]["context"]
                ask("browsingContext.navigate", context=tab, url=url, wait="complete")
                yield evaluate
        finally:
            process.terminate()


def read(evaluate):
    """All words of the page with every panel open, once its worlds are drawn."""
    while not evaluate(READY):
        time.sleep(0.1)
    evaluate(OPEN)
    while not evaluate("Boolean(document.querySelector('#panel-numbers .slider'))"):
        time.sleep(0.1)
    return evaluate(WORDS).split("|")


@pytest.mark.slow
@pytest.mark.skipif(FIREFOX is None, reason="the page is tried in Firefox, which is not here")
@pytest.mark.skipif(CHROMIUM is None, reason="Firefox is compared with Chromium, which is not here")
@pytest.mark.parametrize("name", ["busan", "ipd"])
def test_firefox_says_what_chromium_says(tmp_path, name):
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="the page is tried with Playwright: pip install '.[browser]'"
    )
    path = tmp_path / "page.html"
    path.write_text(page_of(name)[0], "utf-8")
    version = re.search(r'"version":"(\w+)"', path.read_text("utf-8"))[1]
    url = path.as_uri() + LINK.format(name, version)
    with firefox(tmp_path / "profile", url) as evaluate:
        words = read(evaluate)
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
        page.goto(url)
        expected = read(page.evaluate)
        chromium.close()
    assert len(expected) > 200
    assert words == expected
