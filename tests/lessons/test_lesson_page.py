"""A lesson's page: nothing before a prediction, and every click that its text names can be made."""

import re
import shutil
from functools import cache

import pytest

from sim.lessons.lesson import lesson, lessons
from sim.reports.page.page_file import page_of
from sim.reports.templates.rendering import render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CLICK = re.compile(r"\*\*([^*]+)\*\*(?:\s+to\s+\*\*([^*]+)\*\*)?")


@pytest.fixture(scope="module")
def chromium():
    """Chromium, driven by Playwright; skips where one of them is missing."""
    if CHROMIUM is None:
        pytest.skip("lessons are tried in Chromium, which is not here")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not here: '.[browser]'")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(params=lessons(), ids=lambda one: str(one.number))
def one(request):
    return request.param


@pytest.fixture(scope="module")
def path_of(tmp_path_factory):
    """Where the page of a lesson is, written once."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def write(number):
        path = folder / f"{number}.html"
        path.write_text(page_of(lesson(number).scenario, lesson=lesson(number))[0], "utf-8")
        return path

    return write


@pytest.fixture
def page(chromium, one, path_of):
    """The lesson's page, on a telephone; in the end nothing went wrong."""
    faults = []
    page = chromium.new_page(viewport={"width": 360, "height": 740}, locale="en-GB", reduced_motion="reduce")
    page.set_default_timeout(120_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(path_of(one.number).as_uri())
    page.locator(".lesson").wait_for()
    yield page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".complaint").count() == 0  # what the lesson sets is understood
    page.close()
    assert faults == []


def buttons(page, label):
    """What can be pressed in a page or a part of it and has a label, signs before it aside."""
    pattern = re.compile(rf"^\W*{re.escape(label)}$")
    return page.locator("button, summary").filter(has_text=pattern, visible=True)


def act(page, label, value):
    """Press what has a label, or put it to a value."""
    if value is None:
        return buttons(page, label).last.click()
    control = page.locator("select, input").and_(page.get_by_label(label)).last
    if control.evaluate("control => control.tagName") == "SELECT":
        return control.select_option(label=value)
    return control.fill(value)


def test_before_a_prediction_there_is_nothing_to_see_and_then_every_click_of_a_lesson_can_be_made(page, one):
    assert page.locator(".opening, .panel, #lesson-do").count() == 0
    assert one.answers[:40] not in page.content()
    for step in re.split(r"^\d+\. ", one.sections["Do"], flags=re.MULTILINE)[1:]:
        clicks = [(label, value or None) for label, value in CLICK.findall(" ".join(step.split()))]
        if "until" in step:
            game = page.locator(".play")
            while there := [label for label, _ in clicks if buttons(game, label).count()]:
                act(game, there[0], None)
            continue
        for place, (label, value) in enumerate(clicks):
            act(page, label, value)
            page.locator(".beside:empty").wait_for(state="detached")  # the worlds have run
            for following, number in clicks[place + 1 : place + 2]:
                page.wait_for_timeout(200)
                if number is None and buttons(page, following).count() == 0:
                    act(page, label, value)  # the page was drawn anew under the click
    assert "**" not in page.locator(".lesson").inner_text()


def test_a_worksheet_prints_on_two_sides_of_a4(chromium, one):
    sheet = chromium.new_page(viewport={"width": 360, "height": 740})
    sheet.set_content(render("worksheet.html", lesson=one))
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet.pdf(prefer_css_page_size=True))) == 2
    sheet.close()


def test_the_page_of_lesson_2_shows_the_number_that_its_text_tells(chromium, path_of):
    page = chromium.new_page(locale="en-GB")
    page.goto(path_of(2).as_uri())
    for label in ("Almost never", "Escalate", "8"):
        act(page, label, None)
    strikes = f"in {100 * lesson(2).numbers['strikes']['value']:.0f} of 100 worlds"
    page.locator(".verdict", has_text=strikes).wait_for()
    page.close()
