"""A class over its port: who is let in, what harm does, a kill at any moment, and a rehearsal of thirty."""

import asyncio
import json
import random
import re
import secrets
import shutil
import socket
import time
import urllib.error
import urllib.request

import pytest
import websockets
from class_figures import Bot, Server, lesson, teach

import sim
from sim.classroom import hosting
from sim.classroom.class_state import LOG, ClassSetup, read_log
from sim.cli.app import COMMANDS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}

CLICK = """() => {
    const next = document.querySelector('.slider ~ .counts button, .moves .hold');
    next?.click();
    return Number(Boolean(next));
}"""


@pytest.fixture
def serve():
    """Hold a class by a process of its own, that ends with the test."""
    servers = []

    def begin(folder, *words, page=False, **more):
        folder.mkdir(exist_ok=True)
        if not page:  # whoever looks at none is given one, so that nothing goes on making it
            (folder / "page.html").touch()
        servers.append(Server(folder, *words, **more))
        return servers[-1]

    yield begin
    for one in servers:
        if one.process.poll() is None:
            one.kill()


@pytest.fixture
def server(serve, tmp_path):
    """A class that is held by a process of its own."""
    return serve(tmp_path / "class")


def run(task, limit=240):
    """Do something at the network, within a time that is no aim."""
    return asyncio.run(asyncio.wait_for(task, limit))


def get(server, path="/", **headers):
    """Status, headers and text of an address."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


async def refused(line):
    """Whether a line is refused, or ended by the server without a screen."""
    try:
        async with line as one:
            await one.recv()
            return False
    except (websockets.InvalidStatus, websockets.ConnectionClosed):
        return True


def test_addresses_are_of_this_host_alone_and_allow_no_script_of_others(server):
    status, headers, _ = get(server)
    policy = headers["content-security-policy"]
    assert status == 200
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe" not in policy
    assert get(server, Host="evil.example")[0] == 403
    assert get(server, "/../class_server.py")[0] == 404
    assert get(server, "/classroom/web/../class_server.py")[0] == 404


def test_a_line_from_a_foreign_page_is_refused(server):
    async def tries():
        assert await refused(server.line(origin="http://evil.example"))
        assert await refused(server.line(origin=None))
        assert await refused(server.line("/teacher/line", origin="http://evil.example"))

    run(tries())


def test_the_teacher_s_addresses_need_its_token_and_this_machine(server):
    async def tries():
        async with server.line("/teacher/line") as line:
            await line.send(json.dumps({"do": "teach", "token": secrets.token_hex(16)}))
            with pytest.raises(websockets.ConnectionClosed):
                await line.recv()

    run(tries())


def test_nobody_of_the_network_is_the_teacher_and_without_lan_nobody_is_let_in(serve, tmp_path):
    own = hosting.lan_address()
    if own.startswith("127."):
        pytest.skip("this machine has no network")
    server = serve(tmp_path / "class", "--lan")
    host = f"{own}:{server.port}"
    with urllib.request.urlopen(f"http://{host}/", timeout=20) as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"http://{host}/teacher/", timeout=20)
    alone = serve(tmp_path / "alone")
    with socket.socket() as one:
        assert one.connect_ex((own, alone.port)) != 0


def test_what_is_too_long_too_quick_or_not_understood_ends_its_own_line_only(server):
    luck = random.Random(4)
    junk = [
        "x" * 2000,
        '{"do": "ready", "more": 1}',
        "[" * 500,
        b"\x00\xff",
        json.dumps({"do": "move", "move": 7}),
        *("".join(chr(luck.randrange(32, 500)) for _ in range(luck.randrange(1, 300))) for _ in range(30)),
    ]

    async def tries():
        bot = Bot(server)
        async with server.line() as own:
            await own.send(json.dumps({"do": "join", "text": server.code, "token": bot.token}))
            await own.recv()
            for text in junk:
                assert await refused_saying(text)
            async with server.line() as other:
                await other.send(
                    json.dumps({"do": "join", "text": server.code, "token": secrets.token_hex(16)})
                )
                with pytest.raises(websockets.ConnectionClosed):
                    for _ in range(1000):
                        await other.send('{"do": "resume"}')
                        await other.recv()
            await own.send('{"do": "ready"}')
            while not json.loads(await own.recv())["ready"]:
                pass

    async def refused_saying(text):
        async with server.line() as line:
            await line.send(text)
            try:
                return "problem" in await line.recv()
            except websockets.ConnectionClosed:
                return True

    run(tries())
    assert "Traceback" not in server.stop()


def test_one_seat_in_two_tabs_plays_one_game(server):
    async def tries():
        bot, other = (Bot(server, think=(0.2, 0.3), seed=k) for k in (1, 2))
        other.token, other.screen = bot.token, {"phase": "join", "game": None}
        tasks = [asyncio.create_task(bot.live())]
        await teach(server, until=lambda s: len(s["seats"]) == 1 and s["seats"][0]["ready"])
        tasks.append(asyncio.create_task(other.live()))
        await teach(server, "pairs", until=lambda s: s["games"])
        await asyncio.gather(*tasks)

    run(tries())
    room = read_log(server.folder)
    assert len(room.seats) == 1 and not room.matches[0].game().questions


def test_a_class_that_is_killed_goes_on_where_it_was(server, snapback_here):

    async def killed():
        began = asyncio.Event()  # a teacher who is still giving the order would lose the line, too
        players = asyncio.create_task(lesson(server, 6, began, think=(0.0, 0.2), drop=0.1))
        await began.wait()
        for _ in range(3):
            await asyncio.sleep(random.random())
            server.kill()
            await asyncio.to_thread(server.start)
        return await players

    bots = run(killed())
    assert all(bot.finished() for bot in bots)
    assert "Traceback" not in server.stop()
    code, out, _ = snapback_here("class", "--check", str(server.folder))
    assert code == 0 and "the same bytes" in out
    numbers = [(e["match"], e["number"]) for e in map(json.loads, log_of(server)) if e.get("event") == "move"]
    assert len(numbers) == len(set(numbers))
    (server.folder / "moves.parquet").write_bytes(b"")
    assert "moves.parquet is otherwise" in snapback_here("class", "--check", str(server.folder))[2]


def log_of(server):
    return (server.folder / LOG).read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("busann",), "busann"),
        (("busan", "--treatment", "CN.nothing=1"), "CN.nothing"),
        (("--check", "nowhere"), "expected the folder of a class"),
        (("busan", "--collect", "ABC"), "a letter may be wrong"),
        (("busan", "--out", "pyproject.toml"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_one_sentence(snapback_here, tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    code, out, err = snapback_here("class", *words)
    assert (code, out) == (2, "")
    assert sentence in err and err.count("\n") == 1


def test_a_port_in_use_and_a_folder_in_use_are_said(server, snapback_here, tmp_path):
    port = str(server.port)
    code, _, err = snapback_here("class", "busan", "--port", port, "--out", str(tmp_path / "other"))
    assert code == 2 and f"--port {port}" in err
    code, _, err = snapback_here("class", "busan", "--out", str(server.folder))
    assert code == 2 and "another process" in err


def test_a_teacher_reads_who_is_let_in_and_where_the_text_of_the_lesson_is(serve, tmp_path):
    text = serve(tmp_path / "class", "--lesson", "2").stop()
    assert "with --lan" in text and "snapback lesson 2 --answers" in text


def test_a_missing_package_is_said_with_what_to_type(snapback_here, monkeypatch, tmp_path):
    monkeypatch.setattr("sim.cli.class_command.NEEDS", ("starlette", "nothing_of_this_name"))
    code, _, err = snapback_here("class", "busan", "--out", str(tmp_path / "class"))
    assert code == 2 and "pip install 'snapback[class]'" in err
    assert not (tmp_path / "class").exists()


@pytest.mark.slow
def test_thirty_bots_and_two_browsers_rehearse_a_class(serve, tmp_path):
    if CHROMIUM is None:
        pytest.skip("the rehearsal is in Chromium, which is not here")
    playwright = pytest.importorskip(
        "playwright.async_api", reason="the rehearsal is with Playwright: pip install '.[browser]'"
    )
    server = serve(tmp_path / "class", "--treatment", "deals.busan.CN.stake=4", page=True)
    address, faults = f"http://127.0.0.1:{server.port}/", []

    async def student(browser, size):
        page = await (await browser.new_context(viewport=size, locale="en-GB")).new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text))
        await page.goto(f"{address}#{server.code}")
        await page.get_by_role("button", name="Join").click()
        await page.get_by_role("button", name="I am ready").click()
        await page.get_by_text("It begins when all are ready").wait_for()
        clicks = 0
        while not await page.get_by_text("The game is over").count():
            clicks += await page.evaluate(CLICK)
            assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
            await page.wait_for_timeout(150)
            if clicks == 5:  # the device is started again
                clicks += 1
                await page.reload()
        await page.get_by_text("What came of it").wait_for(timeout=120_000)
        link = page.get_by_role("link")
        assert re.fullmatch(r"[0-9A-Z-]{20,60}", await link.inner_text())
        async with page.expect_popup() as popup:
            await link.click()
        whole = await popup.value  # the page, open at the end of the game
        await whole.get_by_text("And if not?").first.wait_for(timeout=120_000)
        costs = [
            await one.locator("td").all_inner_texts()
            for one in (page, whole.locator("#panel-play table").first)
        ]
        assert costs[0][: len(costs[1])] == costs[1]

    async def rehearse():
        async with playwright.async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = await browser.new_page(locale="en-GB")
            page.on("pageerror", lambda error: faults.append(str(error)))
            await page.goto(f"{address}teacher/#{server.token}")
            bots = [Bot(server, think=(0.0, 0.5), drop=0.1, seed=k) for k in range(30)]
            tasks = [asyncio.create_task(bot.live()) for bot in bots]
            students = [asyncio.create_task(student(browser, size)) for size in (PHONE, LAPTOP)]
            await page.get_by_text("32 of 32 are ready").wait_for(timeout=120_000)
            await page.get_by_role("button", name="Start in pairs").click()
            await asyncio.gather(*tasks)
            await page.locator(".pair progress").first.wait_for()
            while not all(
                [await s.evaluate("el => el.value === 1") for s in await page.locator("progress").all()]
            ):
                await page.wait_for_timeout(200)
            await page.get_by_role("button", name="reveal").click()
            await page.get_by_text("Three games compared").first.wait_for()
            await asyncio.gather(*students)
            page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
            await page.get_by_role("button", name="End the class").click()
            await asyncio.to_thread(server.process.communicate, None, 120)
            await browser.close()

    run(rehearse(), 400)
    assert not faults
    room = read_log(server.folder)
    assert len(room.matches) == 16 and all(not match.game().questions for match in room.matches)
    assert (server.folder / "manifest.json").is_file()


@pytest.mark.slow
def test_deals_are_told_in_a_class_as_on_the_page_that_plays_its_game_again(serve, tmp_path):
    if CHROMIUM is None:
        pytest.skip("screens are looked at in Chromium, which is not here")
    playwright = pytest.importorskip("playwright.async_api", reason="Playwright is not here: '.[browser]'")
    (tmp_path / "class").mkdir()
    about = {"scenario": "busan_eve", "digest": sim.scenario("busan_eve").digest, "code": "ABCDEF"}
    hosting.open_log(ClassSetup(**about, seed=2, t=time.time()), tmp_path / "class")[1].close()
    server = serve(tmp_path / "class", page=True, scenario="busan_eve")

    async def visit():
        async with playwright.async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            teacher, page = [await browser.new_page(locale="en-GB") for _ in range(2)]
            await teacher.goto(f"http://127.0.0.1:{server.port}/teacher/#{server.token}")
            await page.goto(f"http://127.0.0.1:{server.port}/#{server.code}")
            await page.get_by_role("button", name="Join").click()
            await page.get_by_role("button", name="I am ready").click()
            await teacher.get_by_role("button", name="each against the machine").click()
            news = []
            while not await page.get_by_text("The game is over").count():
                news += await page.locator("main li").all_inner_texts()
                await page.evaluate(CLICK)
                await page.wait_for_timeout(100)
            await teacher.get_by_role("button", name="reveal").click()
            link = page.get_by_role("link")
            await link.wait_for()
            told = [text for text in await page.locator("main p").all_inner_texts() if ": a deal." in text]
            async with page.expect_popup(timeout=120_000) as popup:  # the page may not be made yet
                await link.click()
            whole = await popup.value
            await whole.get_by_text("And if not?").first.wait_for(timeout=120_000)
            offers = await whole.locator("#panel-play ol > li").all_inner_texts()
            return news, told, [text for text in offers if " accepts: " in text]

    news, told, same = run(visit())
    undone = "Washington left undone"
    assert any(undone in text for text in told) and any(undone in text for text in news)
    days = re.compile(r"^(\d+ \w+ \d+):.* due on (\d+ \w+ \d+)")
    both = [[days.search(text).groups() for text in texts] for texts in (told, dict.fromkeys(same))]
    assert both[0] == both[1]  # the page lists each offer for either side
    assert any(": a deal." in text for text in news)


async def axe_faults(page):
    axe = pytest.importorskip("axe_core_python.async_playwright", reason="axe is not here: '.[browser]'")
    return [(f["id"], f["nodes"][0]["html"]) for f in (await axe.Axe().run(page))["violations"]]


def test_axe_finds_nothing_on_any_screen_of_a_class(serve, tmp_path):
    if CHROMIUM is None:
        pytest.skip("screens are looked at in Chromium, which is not here")
    playwright = pytest.importorskip("playwright.async_api", reason="Playwright is not here: '.[browser]'")
    server = serve(tmp_path / "class", "--lesson", "2")
    address = f"http://127.0.0.1:{server.port}/"

    async def look(page, *clicks):
        for click in clicks:
            await click.first.click()
        await page.wait_for_timeout(600)  # the teacher's screen is drawn twice a second
        assert await axe_faults(page) == [], await page.locator("h1").inner_text()
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")

    async def visit():
        async with playwright.async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            teacher, page = [await browser.new_page(viewport=PHONE, locale="en-GB") for _ in range(2)]
            await teacher.goto(f"{address}teacher/#{server.token}")
            await page.goto(f"{address}#{server.code}")
            await look(page)
            await look(page, page.get_by_role("button", name="Join"))
            while await page.locator(".choice").count():
                await look(page, page.locator(".choice"))
            await look(page, page.get_by_role("button", name="I am ready"))
            await look(teacher)
            await look(teacher, teacher.get_by_role("button", name="Start in pairs"))
            await look(page, page.get_by_text("Which measures?"))
            await look(page, page.locator(".moves .hold"))
            await look(teacher, teacher.get_by_role("button", name="reveal"))
            await look(page)
            await look(teacher, teacher.get_by_role("button", name="Questions afterwards"))
            await look(page)

    run(visit())


def test_the_command_is_among_those_for_teaching():
    assert any("class" in names and panel.startswith("Teach") for panel, names in COMMANDS.items())
