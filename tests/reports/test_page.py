"""The page: what is in its one file, and what a reader does with it in a browser."""

import json
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

import sim
from sim.classroom.class_state import Classroom, ClassSetup
from sim.classroom.game_code import events_of
from sim.domain.constants import ACTS, ENDINGS, MOVE_OF_ACT, MOVES, REASONS, RELAX, STATUSES
from sim.domain.terms import ACCOUNTS, COSTS, by_account
from sim.engines.ensemble import ensemble
from sim.engines.negotiation_table import table
from sim.engines.run_spec import RunSpec
from sim.reports.page.page_file import WEB, live_world, page_of
from sim.reports.run.run_folder import write_run
from sim.reports.table.table_report import table_json

MODULES = {path.name: path.read_text("utf-8") for path in sorted(WEB.glob("*.js"))}
WORDS = json.loads((WEB / "words.json").read_text("utf-8"))
HALF = "Math.random = () => 0.5"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SIZES = [(360, 740), (768, 1024), (1280, 800)]


def test_the_code_of_the_page_is_short():
    assert sum(len(text.splitlines()) for text in MODULES.values()) <= 1500


@pytest.mark.parametrize("name", MODULES)
def test_text_is_never_made_into_markup(name):
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", MODULES[name]
    )


@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_checked_by_its_comments(name):
    assert MODULES[name].startswith("// @ts-check\n")


def test_modules_put_one_after_the_other_give_no_name_twice():
    pattern = r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+|\{.*?\})"
    listed = [name for text in MODULES.values() for name in re.findall(pattern, text, flags=re.MULTILINE)]
    assert len(listed) == len(set(listed))


def test_every_language_has_the_same_words_with_the_same_blanks():
    blanks = {
        code: {key: set(re.findall(r"\{\w+\}", text)) for key, text in words.items()}
        for code, words in WORDS.items()
    }
    assert all(table == blanks["en"] for table in blanks.values())


def test_every_word_that_the_page_says_is_there():
    asked = {key for text in MODULES.values() for key in re.findall(r"\bsay\(\"([\w.]+)\"", text)}
    assert asked <= set(WORDS["en"])


def test_every_act_move_reason_and_status_has_its_words():
    lists = {
        "act": ACTS,
        "move": MOVES,
        "does": MOVES,
        "reason": REASONS,
        "status": STATUSES,
        "account": ACCOUNTS,
        "term": COSTS,
    }
    assert {f"{kind}.{name}" for kind, names in lists.items() for name in names} <= set(WORDS["en"])


@pytest.mark.skipif(
    shutil.which("node") is None, reason="codes of games are tried by Node, which is not here"
)
def test_a_code_holds_its_game_and_one_wrong_letter_is_seen(tmp_path):
    shutil.copy(WEB / "code.js", tmp_path / "code.mjs")
    words = ["node", Path(__file__).with_name("game_codes.mjs"), tmp_path / "code.mjs"]
    lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split("\n")[:-1]
    assert len(lines) == 20
    for line in lines:
        same, other, moved, wrong, length = line.split()
        assert (same, other, moved, wrong) == ("true", "code.version", "code.version", "0")
        assert int(length) <= 30


@pytest.fixture(scope="module")
def page_path(tmp_path_factory):
    """The page of the truce, on disk."""
    path = tmp_path_factory.mktemp("page") / "busan.html"
    path.write_text(page_of("busan")[0], "utf-8")
    return path


def test_the_page_is_one_file_that_may_ask_for_nothing(page_path):
    text = page_path.read_text("utf-8")
    assert "default-src 'none'" in text
    assert not re.search(r"<(?:script|img|link)[^>]* (?:src|href)=\"(?!data:)", text)
    assert "{{" not in text.partition("<script")[0]


def test_a_strategy_that_the_rules_of_pages_lack_is_named(monkeypatch):
    monkeypatch.setattr("sim.reports.page.page_file.plays", lambda strategy: strategy.name != "grim")
    assert "grim plays in Python only" in page_of("ipd")[1]


def test_who_speaks_in_talks_and_is_not_in_the_rules_of_pages_is_named(monkeypatch, tmp_path):
    (tmp_path / "firm.toml").write_text('extends = "busan_eve"\ngovernments.US.negotiator = "time_based"\n')
    spec = RunSpec.of(tmp_path / "firm.toml")
    assert 'id="live"' in live_world(spec)
    monkeypatch.setattr("sim.reports.page.page_file.plays", lambda player: player.name != "time_based")
    html, strangers = page_of(tmp_path / "firm.toml")
    assert strangers == ["time_based plays in Python only"]
    assert '"speakers":[{"name":"quantal"' in html
    assert live_world(spec) == ""


@pytest.fixture(scope="module")
def browser():
    """Chromium, driven by Playwright; skips where one of them is missing."""
    if CHROMIUM is None:
        pytest.skip("the page is tried in Chromium, which is not here")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="the page is tried with Playwright: pip install '.[browser]'"
    )
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


class Reader:
    """Somebody at the page, and what went wrong while she was there."""

    def __init__(self, browser, path, size=SIZES[0], address="", script="", **more):
        more = {"locale": "en-GB", "reduced_motion": "reduce"} | more
        self.page = browser.new_page(viewport={"width": size[0], "height": size[1]}, **more)
        self.page.add_init_script(script)
        self.faults, self.requests = [], []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda line: self.faults.append(line.text))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(f"{path.as_uri()}{address}")
        self.page.locator("h1").first.wait_for()

    def guess(self, move="escalate", count=7):
        self.page.locator(f".opening .move.{move}").click()
        self.page.locator(".opening .dot").nth(count).click()
        self.page.locator(".beside:not(:empty)").wait_for()

    def text(self, selector):
        return self.page.locator(selector).first.inner_text()

    def wide(self):
        """Whether the page must be scrolled sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    def leave(self):
        self.page.close()
        assert not self.faults
        assert all(url.startswith(("file:", "blob:")) for url in self.requests)


@pytest.fixture
def read(browser, page_path):
    """Open the page; in the end nothing went wrong, and nothing was asked for."""
    readers = []

    def open_page(*arguments, **more):
        readers.append(Reader(browser, page_path, *arguments, **more))
        return readers[-1]

    yield open_page
    for reader in readers:
        reader.leave()


def screens(reader):
    """Go through every screen of the page, whatever its language, and stop at each with its name."""
    page, panel = reader.page, reader.page.locator("#panel-play")
    yield "first"
    page.locator(".opening .move.escalate").click()
    yield "guess"
    page.locator(".opening .dot").nth(7).click()
    page.locator(".beside:not(:empty)").wait_for()
    page.locator(".counts button").first.click()  # one world, so that nothing moves on
    page.locator(".beside:not(:empty)").wait_for()
    yield "answer"
    for box in page.locator(".panel").all():
        box.locator("> summary").click()
        box.locator(".body > *").first.wait_for()
        name = box.get_attribute("id").removeprefix("panel-")
        if name != "play":
            yield name
        else:
            panel.locator("button").first.click()
            panel.locator("details summary").click()
            yield "turn"
            panel.locator(".moves .hold").click()
            yield "prediction"
            while panel.locator(".moves, .slider").count():
                panel.locator(".slider ~ .counts button, .moves .hold").first.click()
            panel.locator("ol button").first.click()
            panel.locator("details summary").click()
            yield "end"
        box.locator("> summary").click()


SMALL = """[...document.querySelectorAll('button, select, input, summary')].filter(x => x.offsetParent)
    .map(x => [x.outerHTML.slice(0, 60), x.closest('fieldset label') ?? x])
    .map(([text, x]) => [text, x.getBoundingClientRect()])
    .filter(([, r]) => r.height < 43.9 || r.width < 43.9).map(([text]) => text)"""


def fits(reader, screen):
    """Check that nothing lies beside a screen, and that a finger can touch all."""
    assert not reader.wide(), screen
    assert reader.page.evaluate(SMALL) == [], screen


@pytest.fixture(scope="module")
def axe():
    """What finds the faults of a page for those who read it otherwise, and where."""
    found = pytest.importorskip(
        "axe_core_python.sync_playwright", reason="axe is not here: pip install '.[browser]'"
    ).Axe()
    asked = {"resultTypes": ["violations"]}  # and no long list of what is right
    return lambda page: [(f["id"], f["nodes"][0]["html"]) for f in found.run(page, None, asked)["violations"]]


READ = dict.fromkeys(("first", "guess", "answer"), "main") | {"table": "#panel-table"}
READ |= dict.fromkeys(("turn", "prediction", "end"), "#panel-play")  # what is written down of a screen


def shape(tree):
    """What a screen reader finds, each kind of line once and without what a change of a number changes."""
    tree = re.sub(r"[-+\u2212]?\b\d+(\.\d+)?\b( (\d+ of \d+|of \d+|%)|%)?", "N", tree)
    tree = re.sub(r"(?<=code: ).*| \[checked\]| \(\w+: [^()]*\)", "", tree)
    return "\n".join(dict.fromkeys(re.sub(r"N [A-Z][a-z]{2,3} N", "DAY", tree).splitlines()))


def test_every_screen_fits_can_be_touched_and_is_read_by_everybody(read, axe, request):
    reader, trees = read(script=HALF), []
    assert reader.text("h1") == "2 March 2026. You are Washington."
    words = [button.inner_text()[2:] for button in reader.page.locator(".move").all()]
    assert words == ["Escalate", "Hold", "Relax"]
    assert reader.page.locator(".answer, .panel").count() == 0  # no result before a guess
    for screen in screens(reader):
        if screen in READ:
            trees.append(f"# {screen}\n{shape(reader.page.locator(READ[screen]).aria_snapshot())}\n")
        fits(reader, screen)
        assert axe(reader.page) == [], screen
    golden = Path(__file__).with_name("page_screens.aria.txt")
    if request.config.getoption("--renew"):
        golden.write_text("\n".join(trees), "utf-8")
    assert "\n".join(trees) == golden.read_text("utf-8")


@pytest.mark.parametrize(("size", "language"), [(SIZES[0], "fr"), *((size, "en") for size in SIZES[1:])])
def test_every_screen_fits_other_devices_and_languages(read, size, language):
    reader = read(size, script=HALF)
    reader.page.locator("header select").select_option(language)
    for screen in screens(reader):
        fits(reader, screen)


def test_a_hundred_worlds_in_the_browser_are_those_of_the_ensemble(read):
    runs = ensemble(
        "busan", runs=100, seed=1, force="US:escalate@2026-03-02", until="2026-03-09", record=True
    )
    first = runs.ready.start + 112
    strikes = sum(
        any(m.government == 1 and m.move == 0 and first < m.day <= first + 7 for m in record.moves)
        for record in runs.records
    )
    reader = read(reduced_motion="no-preference")
    reader.guess()
    assert reader.text(".verdict") == f"Beijing strikes back in {strikes} of 100 worlds. You said 7 of 10."


def test_the_reasons_shown_are_those_of_the_decision(read):
    model = sim.TradeModel("busan", rng=1, force="US:escalate@2026-03-02", until="2026-03-09").run()
    (answer, *_) = [
        d for d in model.decisions if d.government == 1 and d.move == 0 and d.day >= model.start + 112
    ]
    reader = read(SIZES[2])
    reader.guess()
    reader.page.locator("#panel-why > summary").click()
    reader.page.locator("#panel-why tbody tr").first.wait_for()
    rows = reader.page.locator("#panel-why table").first.locator("tbody tr").all()
    for move, row in enumerate(rows):
        *values, chance = row.locator("td").all_inner_texts()
        c = answer.candidates[move]
        assert [float(x) for x in values] == [round(x, 1) + 0.0 for x in (c.now, c.later, c.value)]
        assert abs(float(chance.rstrip("%")) - 100 * answer.probabilities[move]) <= 0.15
    acts = reader.page.locator("#panel-why .story + ul li").count()
    assert acts == len(answer.acts)


def test_a_slider_changes_the_worlds(read):
    reader = read()
    reader.guess()
    before = reader.text(".verdict")
    reader.page.locator(".lever input").fill("0")
    reader.page.locator(".verdict", has_not_text=before).wait_for()
    reader.page.locator("#panel-link > summary").click()
    assert "deals.busan.CN.stake=0" in reader.page.locator("#panel-link input").input_value()


def test_the_whole_page_is_read_by_keyboard(read):
    reader = read()
    press = reader.page.keyboard.press
    for _ in range(2):  # the language, then the first move
        press("Tab")
    press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "guess"
    for _ in range(4):
        press("Tab")
    press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "answer"
    reader.page.locator(".beside:not(:empty)").wait_for()
    assert "You said 3 of 10" in reader.text(".verdict")


def test_a_link_holds_every_setting(read):
    reader = read()
    reader.guess("hold", 2)
    reader.page.locator(".lever input").fill("30")
    reader.page.locator("#panel-players > summary").click()
    reader.page.locator("#panel-players select").nth(1).select_option("grim")
    reader.page.locator("#panel-players input").first.fill("5")
    reader.page.locator("#panel-players input").first.press("Tab")
    reader.page.locator("#panel-link > summary").click()
    address = reader.page.locator("#panel-link input").input_value()
    again = read(address="#" + address.partition("#")[2])
    again.page.locator(".beside:not(:empty)").wait_for()
    assert "You said 2 of 10" in again.text(".verdict")
    again.page.locator("#panel-players > summary").click()
    assert again.page.locator("#panel-players select").nth(1).input_value() == "grim"
    assert again.page.locator("#panel-players input").first.input_value() == "5"
    assert again.page.locator(".lever input").input_value() == "30"
    assert again.page.locator("[role=alert]").count() == 0


WRONG_LINKS = {
    "#page=ipd&version=1": "another scenario",
    "#page=busan&version=1&move=escalate": "another version",
    "#page=busan&version={version}&move=escalate&guess=12": "not understood",
    "#page=busan&version={version}&US.nothing=1": "not understood",
    "#page=busan&version={version}&deals.busan.CN.stake=1e9": "not understood",
    "#%E0%A4%A&%&=": "another scenario",
}


def test_a_link_that_does_not_fit_says_so_and_the_page_goes_on(read, page_path):
    version = re.search(r'"version":"(\w+)"', page_path.read_text("utf-8"))[1]
    for address, word in WRONG_LINKS.items():
        reader = read(address=address.format(version=version))
        assert word in reader.text("[role=alert]"), address
    reader.guess()


def test_the_page_speaks_french(read):
    reader = read()
    reader.page.locator("header select").select_option("fr")
    assert reader.text("h1") == "2 mars 2026. Vous êtes Washington."
    assert reader.page.locator("html").get_attribute("lang") == "fr"


class Match:
    """Somebody who plays in the page, from its seed 2^19."""

    def __init__(self, reader):
        self.reader, self.panel = reader, reader.page.locator("#panel-play")
        reader.guess()
        self.panel.locator("> summary").click()

    def begin(self):
        self.panel.get_by_role("button", name="Begin").click()

    def play(self, move):
        """Say one move at each decision, and predict the same each time."""
        while True:
            self.panel.locator("h3").wait_for()
            if self.panel.locator(".talk").count():
                self.talk()
            elif self.panel.locator(".slider").count():
                self.panel.get_by_role("button", name="That is my guess").click()
            elif self.panel.locator(".moves").count():
                self.panel.locator(f".moves .{move}").click()
            else:
                return

    def talk(self):
        """Make the offer that is shown, or accept what may be accepted."""
        words = ("Make this offer", "Offer nothing", "Accept", "Refuse")
        for button in (self.panel.get_by_role("button", name=word, exact=True) for word in words):
            if button.count() and button.is_enabled():
                return button.click()

    def code(self):
        """The code of the game."""
        return self.panel.locator("code").inner_text()

    def again(self, reader):
        """The same game on another page, from its code."""
        match = Match(reader)
        match.panel.locator("input").fill(self.code().lower())
        match.panel.get_by_role("button", name="Go on with it").click()
        return match

    def costs(self):
        """The table of costs at the end."""
        rows = self.panel.locator("table").first.locator("tbody td").all_inner_texts()
        return [float(text) for text in rows]


def test_a_game_is_played_to_its_end_and_its_code_gives_it_back(read):
    alone = ensemble("busan", runs=1, seed=2**19, strategy="US=hold").terms[0].tolist()
    expected = [round(cost, 1) + 0.0 for terms in alone for cost in by_account(terms)]
    match = Match(read(script=HALF))
    match.begin()
    match.play("hold")
    assert match.costs() == expected
    assert "Brier score" in match.panel.inner_text()
    match.panel.get_by_role("button", name="And if not?").first.click()
    assert "Escalate: economy [bn USD]" in match.panel.locator("ol li").first.inner_text()
    match.panel.get_by_role("button", name="100 other lucks").click()
    match.panel.get_by_text("politics [bn USD equivalents]: yours was").wait_for()
    assert len(match.code().replace("-", "")) <= 30
    assert match.again(read()).costs() == expected
    match.reader.page.locator("#panel-link > summary").click()
    link = match.reader.page.locator("#panel-link input").input_value()
    address = link.partition("#")[2].replace("&move=escalate&guess=7", "")
    other = read(address=f"#{address}&game={match.code()}")
    assert other.page.locator("#panel-play table").first.locator("td").all_inner_texts() == [
        f"{cost:.1f}" for cost in expected
    ]


def test_measures_that_are_chosen_are_taken_and_are_in_the_code(read):
    match = Match(read(script=HALF))
    match.begin()
    match.panel.get_by_text("Which measures?").click()
    boxes = match.panel.get_by_role("group", name="Escalate", exact=True).get_by_role("checkbox")
    for box in boxes.all():
        box.set_checked("Section 301 duty on 178" in box.locator("..").inner_text())
    match.reader.page.set_viewport_size({"width": 740, "height": 360})  # a phone that is turned loses nothing
    match.panel.locator(".moves .escalate").click()
    match.play("hold")
    clicks = match.panel.locator("ol > li").all_inner_texts()
    assert "(reactivate: Section 301 duty on 178 excluded products)" in clicks[0]
    day = datetime.strptime(clicks[0].partition(":")[0], "%d %b %Y").date()
    force = f"US:reactivate=us_301_exclusions@{day}"
    alone = ensemble("busan", runs=1, seed=2**19, strategy="US=hold", force=force).terms[0].tolist()
    assert match.costs() == [round(cost, 1) + 0.0 for terms in alone for cost in by_account(terms)]
    assert match.again(read()).costs() == match.costs()


def test_three_shares_of_a_prediction_add_to_a_hundred(read):
    match = Match(read(script=HALF))
    match.begin()
    match.panel.locator(".moves .hold").click()
    sliders = match.panel.get_by_role("slider").all()
    for k, share in [(0, 70), (1, 100), (2, 0), (1, 0), (0, 13)]:
        sliders[k].fill(str(share))
        assert sliders[k].input_value() == str(share)
        assert sum(int(slider.input_value()) for slider in sliders) == 100


def test_the_model_s_values_and_the_partner_s_belief_stay_hidden_until_both_traces_open_after_the_game(read):
    match = Match(read(script=HALF))
    match.begin()
    text = match.panel.inner_text()
    assert "worth" not in text and "belie" not in text
    match.play("hold")
    match.panel.get_by_text("Everything opened").click()
    hidden, every = match.panel.locator("details table").all()
    assert "CN.renewal_belief" in hidden.inner_text()
    model = sim.TradeModel("busan", rng=2**19, strategy={"US": "hold"}).run()
    rows = [row.locator("td").all_inner_texts() for row in every.locator("tbody tr").all()]
    assert [[float(x) for x in row] for row in rows] == [
        [round(c.value, 1) + 0.0 for c in d.candidates] for d in model.decisions
    ]


@pytest.fixture(scope="module")
def eve_path(tmp_path_factory):
    """The page of a scenario with talks, on disk."""
    path = tmp_path_factory.mktemp("page") / "busan_eve.html"
    path.write_text(page_of("busan_eve")[0], "utf-8")
    return path


def collected(code):
    """The game of a code, as a class without a network collects it."""
    setup = ClassSetup(scenario="busan_eve", digest=sim.scenario("busan_eve").digest)
    room = Classroom(setup)
    for event in events_of([code], setup)[1:]:
        room.apply(event)
    return room.matches[0].game()


def test_a_game_in_which_negotiators_speak_is_that_of_the_model(browser, eve_path):
    reader = Reader(browser, eve_path, script=HALF)
    match = Match(reader)
    match.begin()
    while not match.panel.locator(".talk").count():
        match.panel.locator(".slider ~ .counts button, .moves .hold").first.click()
    match.panel.get_by_role("button", name="Let your negotiator speak from here on").click()
    match.play("hold")
    model = sim.TradeModel("busan_eve", rng=2**19, strategy={"US": "hold"}).run()
    expected = [round(cost, 1) + 0.0 for terms in model.record.costs for cost in by_account(terms)]
    assert match.costs() == expected
    game = collected(match.code())
    assert [game.costs(k) for k in (0, 1)] == [list(terms) for terms in model.record.costs]
    reader.leave()


def test_a_person_negotiates_to_the_end_and_the_code_has_every_word(browser, eve_path):
    reader = Reader(browser, eve_path, script=HALF)
    match = Match(reader)
    assert "you make the offers" in match.panel.inner_text()
    match.begin()
    match.play("hold")
    game = collected(match.code())
    expected = [round(cost, 1) + 0.0 for k in (0, 1) for cost in by_account(game.costs(k))]
    assert match.costs() == expected
    told = [text.partition(" And if not?")[0] for text in match.panel.locator("ol > li").all_inner_texts()]
    offers = [text for text in told if " offers " in text]
    made = [o for o in game.talks.offers if o.package]
    endings = {"accepts" in text: text for text in offers}
    assert len(offers) == len(made) and endings[True]
    assert ["accepts" in text for text in offers] == [ENDINGS[o.ending] == "accepted" for o in made]
    first = match.panel.locator("ol > li", has_text=" offers ").first
    first.get_by_role("button", name="And if not?").click()
    assert "What your negotiator would have said: economy [bn USD]" in first.inner_text()
    match.panel.get_by_text("Everything opened").click()
    worths = match.panel.get_by_role("table", name="Every offer").locator("tbody tr").all()
    rows = [row.locator("td").all_inner_texts() for row in worths]
    assert [[float(x) for x in row[:4]] for row in rows] == [
        [round(x, 1) + 0.0 for x in (o.worth, o.partner_worth, o.believed_worth, o.waiting)] for o in made
    ]
    assert match.again(Reader(browser, eve_path)).costs() == expected
    reader.leave()


@pytest.mark.parametrize(("size", "language"), [(SIZES[0], "en"), (SIZES[0], "fr"), (SIZES[2], "en")])
def test_the_table_of_a_game_fits_can_be_touched_and_is_read_by_everybody(
    browser, eve_path, axe, size, language
):
    reader = Reader(browser, eve_path, size, script=HALF)
    reader.page.locator("header select").select_option(language)
    match, seen = Match(reader), set()
    match.panel.locator("button").first.click()
    while len(seen) < 2:
        if match.panel.locator(".talk").count():
            screen = "offer" if match.panel.locator(".talk .slider").count() else "answer"
            fits(reader, screen)
            assert axe(reader.page) == [], screen
            worths = re.findall(r"(?:bn|Md) USD", match.panel.inner_text())
            assert len(worths) == 1  # the own one: what waiting is worth stays hidden
            seen.add(screen)
            match.panel.locator(".talk button:not(:disabled)").nth(1).click()  # offer nothing, or refuse
        else:
            match.panel.locator(".slider ~ .counts button, .moves .hold").first.click()
    reader.leave()


def test_an_offer_is_made_by_keyboard_and_what_it_brings_is_read_out(browser, eve_path):
    reader = Reader(browser, eve_path, script=HALF)
    match = Match(reader)
    match.begin()
    while not match.panel.locator(".talk .slider").count():
        match.panel.locator(
            ".talk button:not(:disabled), .slider ~ .counts button, .moves .hold"
        ).last.click()
    press, slider = reader.page.keyboard.press, match.panel.get_by_role("slider")
    assert reader.page.evaluate("document.activeElement.tagName") == "H3"
    press("Tab")
    press("Home")
    best = slider.get_attribute("aria-valuetext")
    press("ArrowRight")
    assert best == "Worth to you: {} bn USD. To Beijing, as you believe: {}.".format(
        *re.findall(r"[-\d.]+\d", best)
    )
    worths = [
        float(re.findall(r"[-\d.]+\d", text)[0]) for text in (best, slider.get_attribute("aria-valuetext"))
    ]
    assert worths[0] > worths[1]
    press("Tab")
    press("Enter")
    assert reader.page.evaluate("document.activeElement.tagName") == "H3"
    assert "Washington offers" in match.panel.inner_text()
    reader.leave()


def test_two_people_at_one_table_are_asked_in_turn(browser, eve_path):
    reader = Reader(browser, eve_path, script=HALF)
    match = Match(reader)
    match.panel.locator("select").nth(1).select_option("31")
    match.begin()
    while not match.panel.locator(".talk").count():
        match.panel.locator(".moves .hold").click()
    asks = match.panel.locator("h3").inner_text()
    while not match.panel.locator(".talk .slider").count():
        match.talk()
    match.panel.get_by_role("button", name="Make this offer").click()
    answers = match.panel.locator("h3").inner_text()
    assert "what do you offer?" in asks and "do you accept?" in answers
    assert {asks.split(",")[0].split(". ")[1], answers.split(",")[0].split(". ")[1]} == {
        "Washington",
        "Beijing",
    }
    reader.leave()


def test_deals_are_told_in_the_world_that_is_drawn(browser, eve_path):
    reader = Reader(browser, eve_path)
    reader.guess("hold")
    reader.page.locator("#panel-lives > summary").click()
    told = reader.page.locator("#panel-lives p", has_text=": a deal. ")
    told.first.wait_for()
    (day,) = re.findall(r'"opening":(\d+)', eve_path.read_text("utf-8"))
    force = f"US:hold@{datetime.fromordinal(int(day)).date()}"
    model = sim.TradeModel("busan_eve", rng=RunSpec.of("busan_eve").seed, force=force).run()
    deals = [o for o in model.talks.offers if ENDINGS[o.ending] == "accepted"]
    gifts = [a for a in model.record.acts if MOVE_OF_ACT[a.act] == RELAX]
    carried = [{a.measure for a in gifts if a.day == o.due_on} for o in deals]
    titles = [[m.title for k, m in enumerate(model.source.measures) if k in acts] for acts in carried]
    assert any(titles)
    ends = [text.partition("still to be: ")[2] for text in told.all_inner_texts()]
    assert ends == [f"{'; '.join(names) or 'none'}." for names in titles]
    assert not reader.wide()
    reader.leave()


def test_the_table_of_talks_is_that_of_the_command(browser, eve_path):
    reader = Reader(browser, eve_path)
    reader.guess()
    reader.page.locator("#panel-table > summary").click()
    reader.page.locator("#panel-table figure").wait_for()
    packages, clauses = reader.page.locator("#panel-table table").all()
    expected = table_json(table("busan_eve", "2025-10-30"))
    assert clauses.locator("tbody tr").count() == len(expected["clauses"])
    reader.page.locator("#panel-table figure summary").click()
    real = packages.locator("tbody tr").last.locator("td").all_inner_texts()
    assert [float(x) for x in real[1:3]] == [round(x, 1) for x in expected["real"]["worth"].values()]
    assert not reader.wide()
    reader.leave()


def test_a_page_of_a_game_opens_with_it_and_goes_on_to_the_rest(browser, tmp_path):
    path = tmp_path / "busan_play.html"
    path.write_text(page_of("busan", "CN")[0], "utf-8")
    reader = Reader(browser, path)
    panel = reader.page.locator("#panel-play")
    assert panel.locator("select").first.input_value() == "1"
    panel.get_by_role("button", name="Begin").click()
    assert "Beijing, your move" in panel.inner_text()
    assert not reader.wide()
    reader.guess()
    assert "Beijing, your move" in panel.inner_text()
    assert reader.page.locator(".panel").count() == 8
    reader.leave()


def test_a_code_that_is_broken_says_so_and_nothing_is_lost(read):
    match = Match(read())
    for code in ("nonsense!", "7", ""):
        match.panel.locator("[role=alert]").evaluate("alert => (alert.textContent = '')")
        match.panel.locator("input").fill(code)
        match.panel.get_by_role("button", name="Go on with it").click()
        assert "no code" in match.panel.locator("[role=alert]").inner_text(), code
    match.begin()
    match.panel.locator(".moves").wait_for()


@pytest.mark.parametrize(
    ("script", "word"),
    [
        ("delete window.WebAssembly", "cannot run WebAssembly"),
        (
            "WebAssembly.Memory.prototype.grow = () => { throw new RangeError('no room') }; "
            "WebAssembly.instantiate = () => { throw new RangeError('no room') }",
            "may not fit its memory",
        ),
    ],
)
def test_a_browser_that_cannot_says_so(browser, page_path, script, word):
    page = browser.new_page(locale="en-GB")
    page.add_init_script(script)
    page.goto(page_path.as_uri())
    assert word in page.locator("[role=alert]").inner_text()
    page.close()


@pytest.mark.slow
def test_a_thousand_worlds_are_played_beside_the_page(read):
    reader = read()
    reader.guess()
    reader.page.locator(".count").nth(2).click()
    reader.page.locator(".band").first.wait_for(timeout=120_000)
    assert "of 1000 worlds" in reader.text(".verdict")


FORCED = {"force": "US:escalate@2026-01-12", "set": "deals.busan.CN.stake=0", "until": "2026-06-30"}


@pytest.fixture(scope="module")
def report_path(tmp_path_factory):
    """The page of a run with a forced move, a number that was set and an earlier end."""
    folder = tmp_path_factory.mktemp("run")
    write_run(sim.TradeModel("busan", rng=5, **FORCED).run(), folder / "run")
    return folder / "run" / "run.html"


def test_a_report_carries_its_own_world_and_begins_with_its_runs(browser, report_path):
    runs = ensemble("busan", runs=100, seed=5, record=True, **FORCED)
    first = runs.ready.start + 63
    strikes = sum(
        any(m.government == 1 and m.move == 0 and first < m.day <= first + 7 for m in record.moves)
        for record in runs.records
    )
    reader = Reader(browser, report_path)
    assert reader.text("#live h1") == "12 January 2026. You are Washington."
    assert "#" not in reader.page.url
    reader.guess()
    assert reader.text(".verdict") == f"Beijing strikes back in {strikes} of 100 worlds. You said 7 of 10."
    assert reader.page.locator(".lever input").input_value() == "0"
    assert not reader.wide()
    reader.leave()


def test_a_report_on_a_strategy_that_no_page_plays_has_no_world_of_its_own(monkeypatch):
    spec = RunSpec.of("ipd", strategy="ROW=grim")
    assert 'id="live"' in live_world(spec)
    monkeypatch.setattr("sim.reports.page.page_file.plays", lambda strategy: strategy.name != "grim")
    assert live_world(spec) == ""
    assert 'id="live"' in live_world(RunSpec.of("ipd"))


@pytest.mark.parametrize("more", [{"java_script_enabled": False}, {"script": "delete window.WebAssembly"}])
def test_a_report_is_read_where_no_world_can_be_played(browser, report_path, more):
    reader = Reader(browser, report_path, **more)
    assert "12 January 2026. Washington" in reader.text("main")
    assert "WebAssembly" in reader.page.locator("#live [role=alert]").inner_text()
    assert reader.page.locator("#live .move").count() == 0
    reader.leave()


def test_axe_finds_nothing_on_a_report_with_its_world(browser, report_path, axe):
    reader = Reader(browser, report_path)
    for width, height in SIZES[:2]:
        reader.page.set_viewport_size({"width": width, "height": height})
        assert axe(reader.page) == []
    reader.leave()


def test_a_whole_game_is_played_by_keyboard(read):
    match = Match(read(script=HALF))
    press, focus = match.reader.page.keyboard.press, "document.activeElement.tagName"
    match.panel.get_by_role("button", name="Begin").focus()
    press("Enter")
    while match.panel.locator(".moves, .slider").count():
        assert match.reader.page.evaluate(focus) == "H3"  # each screen begins at its heading
        for _ in range(2 if match.panel.locator(".moves").count() else 4):
            press("Tab")
        press("Enter")
    assert match.reader.page.evaluate(focus) == "H3"
    assert "The game is over." in match.panel.inner_text()
    assert "Your 2" in match.panel.inner_text()
