"""A class on this machine: its folder and log, its port, and who may ask for what there."""

import asyncio
import contextlib
import ipaddress
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import filelock
import segno
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim import reports
from sim.classroom.class_server import ClassServer
from sim.classroom.class_state import LOG, Classroom, ClassSetup, Event, read_log
from sim.classroom.game_code import version_of
from sim.domain.constants import ACTS, MOVE_OF_ACT, MOVES, REASONS
from sim.domain.errors import EngineError, ResultsError
from sim.domain.parameters import TABLES
from sim.domain.terms import ACCOUNT_OF, ACCOUNTS, COSTS
from sim.storage.atomic_write import writing

WEB: Final = Path(__file__).with_name("web")
PAGE: Final = Path(reports.__path__[0], "page/web")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://{host}; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def guarded(app: ASGIApp, port: int) -> ASGIApp:
    """The app behind its checks: Host, Origin of lines, the teacher's addresses from this machine alone."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        headers, local = Headers(scope=scope), ipaddress.ip_address(scope["client"][0]).is_loopback
        host = headers.get("host", "")
        fine = host in {f"{name}:{port}" for name in (scope["server"][0], "127.0.0.1", "localhost")}
        fine = fine and (local or not scope["path"].startswith("/teacher"))
        if scope["type"] == "websocket" and not (fine and headers.get("origin") == f"http://{host}"):
            return await send({"type": "websocket.close", "code": 1008})
        if not fine:
            return await PlainTextResponse("Not here.", 403)(scope, receive, send)

        async def sign(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer.setdefault("x-content-type-options", "nosniff")
                answer.setdefault("referrer-policy", "no-referrer")
                answer.setdefault("cache-control", "no-cache")
                answer.setdefault("content-security-policy", POLICY.format(host=host))
            await send(message)

        await app(scope, receive, sign)

    return guard


def app_of(server: ClassServer, about: Event, page: Path, ready: Callable[[], Any]) -> ASGIApp:
    """The addresses of a class; `about` is what every browser may know of it, `ready` waits for the page."""

    async def whole_page(_: Any) -> Response:
        await asyncio.to_thread(ready)
        if not page.is_file():
            return PlainTextResponse("The page could not be made.", 404)
        return FileResponse(page, headers={"content-security-policy": "frame-ancestors 'none'"})

    routes = [
        Route("/about.json", lambda _: JSONResponse(about)),
        Route("/page", whole_page),
        WebSocketRoute("/line", server.line),
        WebSocketRoute("/teacher/line", server.line),
        Mount("/reports/page/web", StaticFiles(directory=PAGE)),
        Mount("/classroom/web", StaticFiles(directory=WEB)),
        Mount("/", StaticFiles(directory=WEB, html=True)),
    ]
    return Starlette(routes=routes)


def hold(setup: ClassSetup, folder: Path, port: int, lan: bool, say: Callable[[str], None]) -> None:
    """Hold a class until it ends, or go on with the one of a folder.

    Raises:
        SnapbackError: the folder or the port cannot be used.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(writing(folder))
        folder.mkdir(parents=True, exist_ok=True)
        try:
            stack.enter_context(filelock.FileLock(folder / ".lock", timeout=0))
        except filelock.Timeout:
            raise ResultsError(f"{folder}: another process holds this class; end it, or give --out") from None
        listener = stack.enter_context(socket.socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("" if lan else "127.0.0.1", port))
        except OSError as error:
            raise EngineError(f"--port {port}: cannot be used ({error.strerror}); give another one") from None
        room, log = open_log(setup, folder)
        page, setup = folder / "page.html", room.setup
        what = [setup.scenario] if setup.lesson is None else ["--lesson", str(setup.lesson)]
        words = [sys.executable, "-m", "sim", "page", *what, "--out", str(page)]
        ready: Callable[[], Any] = bool
        if not page.is_file():  # a class that goes on has its own, and seats to bring back
            maker = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(maker.kill)
            ready = maker.wait
        address = f"http://{lan_address() if lan else '127.0.0.1'}:{port}/"
        about = public(room, address)
        server = ClassServer(room, stack.enter_context(log), [q["id"] for q in about["questions"]])
        web = uvicorn.Server(
            uvicorn.Config(
                guarded(app_of(server, about, page, ready), port),
                lifespan="off",
                ws="websockets-sansio",
                ws_max_size=1024,  # [bytes]
                ws_ping_interval=10.0,  # [s]
                ws_ping_timeout=10.0,  # [s]
                ws_per_message_deflate=False,
                limit_concurrency=1000,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=1,  # [s]
                log_level="critical",
            )
        )
        server.stop = lambda: setattr(web, "should_exit", True)
        say(f"Students: {address}#{setup.code}")
        say(f"Teacher, on this machine alone: http://127.0.0.1:{port}/teacher/#{setup.teacher}")
        if not lan:
            say("Other devices are not let in; with --lan those of this network are.")
        if setup.lesson is not None:
            say(f"Its text: snapback lesson {setup.lesson} --answers; --out FILE writes its worksheet.")
        say(f"Ctrl-C stops it; snapback class --out {folder} goes on.")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(web, listener, server))


def public(room: Classroom, address: str) -> Event:
    """What every browser may know of a class: its numbers, and the names behind those of its screens."""
    s, setup = room.source, room.setup
    shared, own = (json.loads(p.read_text("utf-8")) for p in (PAGE / "words.json", WEB / "class_words.json"))
    return {
        "words": {code: words | own[code] for code, words in shared.items()},
        "questions": questions_of(setup.lesson),
        "minutes": setup.minutes,
        "lesson": setup.lesson,
        "treatment": [_in_words(text) for text in setup.treatment],
        "changes": [dict(text.split("=", 1) for text in texts) for texts in room.changes],
        "name": s.name,
        "title": s.title,
        "game": s.game is not None,
        "talks": s.talks is not None,
        "start": s.start.toordinal(),
        "end": s.end.toordinal(),
        "governments": [{"capital": government.capital} for government in s.governments.values()],
        "measures": [{"title": measure.title} for measure in s.measures],
        "constants": {
            **{"moves": MOVES, "acts": ACTS, "moveOfAct": MOVE_OF_ACT},
            **{"reasons": REASONS, "accounts": ACCOUNTS},
        },
        "layout": {"costs": COSTS, "accounts": ACCOUNT_OF},
        "versions": [version_of(setup.scenario, texts) for texts in room.changes],
        "address": address,
        "picture": segno.make(f"{address}#{setup.code}").svg_data_uri(scale=8),
    }


def _in_words(change: str) -> str:
    """A number that is set, after what it means."""
    path, _, value = change.partition("=")
    name = path.rpartition(".")[2]
    meanings = [numbers[name].meaning for numbers in TABLES.values() if name in numbers]
    return ": ".join([*meanings[:1], f"{path} = {value}"])


def questions_of(number: int | None) -> list[Event]:
    """What is asked before and after a lesson, first of all what it lets predict, without what is right."""
    if number is None:
        return []
    from sim.lessons import lesson, questions

    one = lesson(number)
    rows = [{key: row[key] for key in ("id", "form", "text", "choices")} for row in questions()]
    return [{"id": "lesson", "text": one.question, "choices": one.choices}, *rows]


async def _run(web: uvicorn.Server, listener: socket.socket, server: ClassServer) -> None:
    watch = asyncio.create_task(server.watch())
    await web.serve(sockets=[listener])
    watch.cancel()


def open_log(setup: ClassSetup, folder: Path) -> tuple[Classroom, Any]:
    """The class of a folder and its log; a new one if there is none; a line that was cut off is removed."""
    path = folder / LOG
    whole = path.read_bytes() if path.exists() else b""
    if b"\n" not in whole:
        first = setup.model_copy(update={"teacher": secrets.token_hex(16)})
        path.write_text(json.dumps(first.model_dump()) + "\n", "utf-8")
    elif not whole.endswith(b"\n"):
        os.truncate(path, whole.rindex(b"\n") + 1)
    return read_log(folder), path.open("a", encoding="utf-8", newline="\n")


def lan_address() -> str:
    """This machine's address on its network, 127.0.0.1 if it has none; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, contextlib.suppress(OSError):
        one.connect(("192.0.2.1", 9))
        return str(one.getsockname()[0])
    return "127.0.0.1"
