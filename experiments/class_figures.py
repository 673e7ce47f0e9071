"""How a class server carries a class: bots that join, think, drop their line, and some that mean harm.

    snapback bench --class
    python experiments/class_figures.py [KILLS]

A figure beside its aim, and the load of the machine: a machine that does other things gives its own.
Needs `pip install -e '.[class]'`.
"""

import asyncio
import json
import os
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
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
                said = {"do": "guess", "match": game["match"], "number": game["due"], "shares": [10, 80, 10]}
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


async def lesson(server: Server, count: int, began: asyncio.Event | None = None, **more) -> list[Bot]:
    """Let bots join, start the class, say that it has begun, and play all games to their end."""
    bots = [Bot(server, seed=k, **more) for k in range(count)]
    tasks = [asyncio.create_task(bot.live()) for bot in bots]
    await teach(server, until=lambda s: sum(seat["ready"] for seat in s["seats"]) == count)
    await teach(server, "pairs", until=lambda s: s["games"])
    if began is not None:
        began.set()
    await asyncio.gather(*tasks)
    return bots


def lesson_figures(count: int, aims: tuple[int, int], **more) -> None:
    """Print what a class of so many players measures."""
    folder = Path(tempfile.mkdtemp()) / "class"
    server = Server(folder)
    bots = asyncio.run(lesson(server, count, **more))
    latencies = [x for bot in bots for x in bot.latencies]
    moves, drops = sum(bot.moves for bot in bots), sum(bot.drops for bot in bots)
    memory = server.memory()
    began = time.monotonic()
    server.stop()
    tables = time.monotonic() - began
    same = again(folder)
    words = f"{count} players, {more}: {moves} moves, {drops} lines dropped, all games ended"
    print(f"{words}; load {os.getloadavg()[0]:.1f}")
    print(f"  p95 {p95(latencies):.0f} ms (aim {aims[0]}), longest {max(latencies):.0f} ms (aim {aims[1]})")
    print(f"  up in {server.up:.1f} s (aim 1.5), memory {memory:.0f} MB (aim 150)")
    print(f"  tables in {tables:.1f} s, again from the log: {same}", flush=True)


def again(folder: Path) -> str:
    """What `--check` says of a folder."""
    words = [sys.executable, "-m", "sim", "class", "--check", str(folder)]
    return (
        subprocess.run(words, capture_output=True, text=True).stdout.strip().partition(": ")[2] or "OTHERWISE"
    )


def kill_figures(kills: int) -> None:
    """Print how a class of 30 goes on after its server was killed at random moments."""
    folder, luck = Path(tempfile.mkdtemp()) / "class", random.Random(1)
    server = Server(folder)

    async def hold() -> list[Bot]:
        began = asyncio.Event()
        players = asyncio.create_task(lesson(server, 30, began, think=(0.1 * kills, 0.2 * kills)))
        await began.wait()
        for _ in range(kills):
            await asyncio.sleep(luck.uniform(0.5, 3.0))
            server.kill()
            await asyncio.to_thread(server.start)
        return await players

    bots = asyncio.run(hold())
    server.stop()
    resumes = [x for bot in bots for x in bot.resumes]
    print(f"killed {kills} times: every seat resumed {len(resumes) // 30} times or more, all games ended;")
    print(
        f"  resumed within p95 {p95(resumes):.1f}, longest {max(resumes):.1f} s (aim 3); {again(folder)}",
        flush=True,
    )


def harm_figures(count: int = 10_000) -> None:
    """Print what happens to 30 players while somebody means harm."""
    folder, luck = Path(tempfile.mkdtemp()) / "class", random.Random(2)
    server = Server(folder)
    refused = {"messages": 0, "codes": 0, "origins": 0, "floods": 0}

    async def attempt(kind: str, text: str, origin: str | None = None) -> None:
        more = {} if origin is None else {"origin": origin}
        try:
            async with server.line(**more) as line:
                await line.send(text)
                refused[kind] += "problem" in json.loads(await line.recv())
        except (*GONE, websockets.InvalidStatus):
            refused[kind] += 1

    async def harm() -> None:
        seat = {"do": "join", "text": server.code, "token": secrets.token_hex(16)}
        async with server.line() as line:
            await line.send(json.dumps(seat))
            await line.recv()
        for k in range(count):
            kind = k % 4
            if kind == 0:
                text = "".join(chr(luck.randrange(32, 2000)) for _ in range(luck.randrange(1, 1500)))
                await attempt("messages", text)
            elif kind == 1:
                said = {
                    **seat,
                    luck.choice(["do", "more", "token", "number"]): luck.choice(
                        [None, -1, "x" * 900, [], 1e9]
                    ),
                }
                await attempt("messages", json.dumps(said))
            elif kind == 2:
                await attempt("codes", json.dumps({**seat, "text": "WRONGX", "token": secrets.token_hex(16)}))
            else:
                await attempt("origins", json.dumps(seat), "http://evil.example")
        try:
            async with server.line() as line:
                await line.send(json.dumps({**seat, "do": "resume"}))
                for _ in range(1000):
                    await line.send('{"do": "ready"}')
                    await line.recv()
        except GONE:
            refused["floods"] += 1

    async def both() -> list[Bot]:
        players = asyncio.create_task(lesson(server, 30, think=(0.5, 2.0)))
        await teach(server, until=lambda s: s["games"])
        task = asyncio.create_task(harm())
        bots = await players
        await task
        return bots

    latencies = [x for bot in asyncio.run(both()) for x in bot.latencies]
    text = server.stop()
    print(f"{count} hostile messages beside 30 players: refused {refused}; load {os.getloadavg()[0]:.1f}")
    print(
        f"  players: p95 {p95(latencies):.0f} ms (aim 150); tracebacks: {text.count('Traceback')}", flush=True
    )


def network_figures() -> None:
    """Print what another host may do: a network namespace with a wire to this one; needs root and `ip`."""
    if os.geteuid() or not shutil.which("ip"):
        print("another host: not tried, for that needs root and ip")
        return
    name, folder = f"snapback{os.getpid()}", Path(tempfile.mkdtemp()) / "class"
    wires = [f"sb{os.getpid() % 10000}{end}" for end in "ab"]
    run = lambda words: subprocess.run(words.split(), check=True, capture_output=True)  # noqa: E731
    try:
        run(f"ip netns add {name}")
        run(f"ip link add {wires[0]} type veth peer name {wires[1]} netns {name}")
        run(f"ip addr add 10.231.7.1/24 dev {wires[0]}")
        run(f"ip link set {wires[0]} up")
        run(f"ip netns exec {name} ip addr add 10.231.7.2/24 dev {wires[1]}")
        run(f"ip netns exec {name} ip link set {wires[1]} up")
        server = Server(folder, "--lan")
        code = (
            "import urllib.request as u, sys\n"
            "def get(path, **h):\n"
            "    where = f'http://10.231.7.1:{sys.argv[1]}{path}'\n"
            "    try: return u.urlopen(u.Request(where, headers=h), timeout=10).status\n"
            "    except Exception as e: return getattr(e, 'code', type(e).__name__)\n"
            "print(get('/'), get('/teacher/'), get('/teacher/line'), get('/', Host='127.0.0.1:1'))"
        )
        words = ["ip", "netns", "exec", name, sys.executable, "-c", code, str(server.port)]
        found = subprocess.run(words, capture_output=True, text=True).stdout.strip()
        print(
            f"another host: page, teacher's page, teacher's line, foreign Host: {found} (aim 200 403 403 403)"
        )
        server.kill()
    except subprocess.CalledProcessError as error:
        print(f"another host: not tried, {error.stderr.decode().strip()}")
    finally:
        subprocess.run(["ip", "netns", "del", name], capture_output=True)


def main(kills: int = 100) -> None:
    """Print all figures."""
    lesson_figures(30, (50, 250), think=(0.5, 2.0), drop=0.1)
    lesson_figures(30, (150, 250), think=(0.2, 0.2))
    lesson_figures(100, (150, 250), think=(0.5, 2.0))
    kill_figures(kills)
    harm_figures()
    network_figures()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
