"""How a class server carries a class: bots that join, think, drop their line, and some that mean harm.

    snapback bench --class
    python experiments/class_figures.py [KILLS]

A figure beside its aim, and the load of the machine: a machine that does other things gives its own.
Needs `pip install -e '.[class]'`.
"""

import asyncio
import json
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import websockets
from websockets.asyncio.client import connect

GONE = (websockets.ConnectionClosed, OSError, TimeoutError, websockets.InvalidHandshake)


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[int(0.95 * (len(values) - 1))] if values else float("nan")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Server:
    """`snapback class` in a process of its own, that can be killed and started again."""

    def __init__(self, folder: Path, *words: str, scenario: str = "busan") -> None:
        self.folder, self.port, self.words = folder, free_port(), (scenario, *words)
        self.up = self.start()
        first = json.loads((folder / "log.jsonl").read_text("utf-8").partition("\n")[0])
        self.code, self.token = first["code"], first["teacher"]

    def start(self) -> float:
        """Seconds until a browser gets an answer."""
        words = [
            sys.executable,
            "-m",
            "sim",
            "class",
            *self.words,
            "--port",
            str(self.port),
            "--out",
            str(self.folder),
        ]
        began = time.monotonic()
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        while self.process.poll() is None:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return time.monotonic() - began
            time.sleep(0.01)
        raise RuntimeError(f"the server stopped: {self.process.communicate()[0]}")

    def kill(self) -> None:
        """As if the battery were gone."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> str:
        """As Ctrl-C does; what it has printed."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=120)[0]

    def memory(self) -> float:
        """What it holds in memory, at most so far [MB]."""
        text = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(text.partition("VmHWM:")[2].split()[0]) / 1000

    def line(self, path: str = "/line", **more):
        """A line to it, as a browser opens one."""
        host = f"127.0.0.1:{self.port}"
        return connect(f"ws://{host}{path}", origin=more.pop("origin", f"http://{host}"), **more)


async def teach(server: Server, *orders: str, until=None) -> dict:
    """Give orders as the teacher; the first screen for which `until` holds, else the first after them."""
    async with server.line("/teacher/line") as line:
        await line.send(json.dumps({"do": "teach", "token": server.token}))
        screen = json.loads(await line.recv())
        for order in orders:
            await line.send(json.dumps({"do": order}))
            screen = json.loads(await line.recv())
        while until is not None and not until(screen):
            screen = json.loads(await line.recv())
        return screen


class Bot:
    """A student who clicks. Latencies are from a move to the screen in which it is made [ms]."""

    def __init__(self, server: Server, think=(0.5, 2.0), drop=0.0, seed=0) -> None:
        self.server, self.think, self.drop, self.luck = server, think, drop, random.Random(seed)
        self.token, self.latencies, self.resumes = secrets.token_hex(16), [], []
        self.screen: dict = {}
        self.drops = self.moves = 0

    async def live(self) -> None:
        """Join, be ready, play to the end of the game, coming back whenever the line is lost."""
        began = None
        while not self.finished():
            try:
                async with self.server.line() as line:
                    hello = "resume" if self.screen else "join"
                    await line.send(json.dumps({"do": hello, "text": self.server.code, "token": self.token}))
                    await self.see(line)
                    if began is not None:
                        self.resumes.append(time.monotonic() - began)
                    began = None
                    await self.click(line)
            except GONE:
                began = began or time.monotonic()
                await asyncio.sleep(0.05)

    async def see(self, line) -> None:
        """Take the next screen."""
        self.screen = json.loads(await line.recv())
        assert "problem" not in self.screen, self.screen

    def finished(self) -> bool:
        """Whether there is nothing more to play."""
        game = self.screen.get("game")
        return self.screen.get("phase") in ("reveal", "after", "end") or bool(game and game["over"])

    async def click(self, line) -> None:
        """Do what there is to do, each thing once; drop the line at some moves."""
        last = None
        while not self.finished():
            game, said = self.screen["game"], None
            if not self.screen["ready"]:
                said = {"do": "ready"}
            elif game and game["due"] is not None:
                said = {"do": "guess", "match": game["match"], "number": game["due"], "share": 0.1}
            elif game and game["turns"] and self.screen["phase"] == "play":
                await asyncio.sleep(self.luck.uniform(*self.think))
                await self.move(line, game)
                continue
            if said is not None and said != last:
                last = said
                await line.send(json.dumps(said))
            await self.see(line)

    async def move(self, line, game) -> None:
        """Mostly hold, and wait until it is seen."""
        number = game["turns"][0]["number"]
        move = self.luck.choices((0, 1, 2), (0.05, 0.9, 0.05))[0]
        said = json.dumps({"do": "move", "match": game["match"], "number": number, "move": move})
        began = time.monotonic()
        await line.send(said)
        self.moves += 1
        if self.luck.random() < self.drop:
            self.drops += 1
            line.transport.abort()
            raise OSError
        while any(turn["number"] == number for turn in (self.screen["game"].get("turns") or [])):
            await self.see(line)
        self.latencies.append(1000 * (time.monotonic() - began))


async def lesson(server: Server, count: int, **more) -> list[Bot]:
    """Let bots join, start the class, and play all games to their end."""
    bots = [Bot(server, seed=k, **more) for k in range(count)]
    tasks = [asyncio.create_task(bot.live()) for bot in bots]
    await teach(server, until=lambda s: sum(seat["ready"] for seat in s["seats"]) == count)
    await teach(server, "pairs", until=lambda s: s["games"])
    await asyncio.gather(*tasks)
    return bots
