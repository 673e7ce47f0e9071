"""The rules made into one WebAssembly file, for pages that open from disk: whoever changes rules runs it.

    python experiments/build_page_rules.py

Numba's code of the unchanged rules and of who plays by them, not yet made for any machine, is retargeted to
wasm32 by the LLVM that Numba brings along, and linked by `wasm-ld` (Debian: `apt install lld`).
"""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm
import numba
from numba.core import types
from numba.np.numpy_support import from_dtype

from sim.domain.state import PendingDecision
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.prepared_scenario import FORCES
from sim.engines.compiler.speaker_functions import code_of as speaker_code
from sim.engines.compiler.strategy_functions import code_of
from sim.engines.compiler.world_arrays import kind_of
from sim.engines.compiler.world_pointer import WORLD
from sim.engines.page_rules import ENTRIES, FILE, ORIGIN, rules_digest, source_digest
from sim.negotiators import negotiator_register
from sim.protocols import protocol_register
from sim.strategies import strategy_register

TARGET = "wasm32-unknown-unknown"
FEATURES = "+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals"
PLAIN = {"NUMBA_OPT": "0", "NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "PYTHONHASHSEED": "0"}
MEMORY = 16 << 20  # bytes at first; it grows
# Texts of errors that no page reads: they name files of the machine on which they were made.
ERROR_TEXT = r"(@\.const\.pickledata\.[\w.]+) = internal constant \[\d+ x i8\] .*"
ERROR_SIZE = r"(pickledata\.[\w.]+, (?:i32|ptr %.*\n.*\n +store i32)) \d+,"


def entry_codes() -> dict[str, Any]:
    """Machine codes of what pages call, with their texts for LLVM."""
    whole, number = types.int64, types.float64
    words, table, cube = array(whole, 1), array(number, 2), array(number, 3)
    pending, forces = (array(from_dtype(kind), 1) for kind in (kind_of(PendingDecision), FORCES))
    first = (WORLD, words, array(whole, 2), pending, whole, words, whole, whole, words, cube)
    kinds = {
        "play": (*first, words, table, forces, cube, table, table, table, table, table, words),
        "table": (WORLD, whole, table, table, words),
        "demand": (whole, number),
    }
    codes = {}
    for name, rule in ENTRIES.items():
        twin = compiled(rule)
        twin.compile(kinds[name])
        (codes[name],) = twin.overloads.values()
    return codes


def array(kind: Any, depth: int) -> Any:
    """Numba's type of an array in one piece."""
    return types.Array(kind, depth, "C")


def module_of(text: str, layout: str) -> Any:
    """LLVM's module of a text that was made for this machine, for the target."""
    text = re.sub(r'target datalayout = ".*"', f'target datalayout = "{layout}"', text)
    text = re.sub(r'target triple = ".*"', f'target triple = "{TARGET}"', text)
    text = re.sub(r'"(target-cpu|target-features|tune-cpu)"="[^"]*"', "", text)
    text = re.sub(ERROR_TEXT, r"\1 = internal constant [1 x i8] zeroinitializer", text)
    text = re.sub(ERROR_SIZE, r"\1 0,", text)
    return llvm.parse_assembly(
        text.replace(" dllexport", "").replace(" personality ptr @__gxx_personality_v0", "")
    )


def object_of(codes: dict[str, Any], hooks: dict[str, tuple[str, str]]) -> bytes:
    """The object file of some machine codes and of hooks, by the names they get.

    Of each hook there is a code that takes the same, and what it gives.
    """
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TARGET).create_target_machine(
        cpu="generic", features=FEATURES, opt=3, reloc="static", codemodel="default"
    )
    modules = [module_of(code.library.get_llvm_str(), str(machine.target_data)) for code in codes.values()]
    whole = modules[0]
    for module in modules[1:]:
        whole.link_in(module)
    public = {code.fndesc.llvm_func_name: name for name, code in codes.items()}
    for part in [*whole.functions, *whole.global_variables]:
        if not part.is_declaration:
            part.linkage = "external" if part.name in public else "internal"
    text = str(whole)
    for mangled, name in public.items():
        text = text.replace(f'@"{mangled}"', f"@{name}").replace(f"@{mangled}(", f"@{name}(")
    for name, (twin, answer) in hooks.items():
        arguments = whole.get_function(codes[twin].fndesc.llvm_func_name).arguments
        text += hook(name, [str(argument.type) for argument in arguments], answer)
    players = [name for name in codes if name not in ENTRIES]
    whole = llvm.parse_assembly(text + "".join(map(getter, [*players, *hooks])))
    whole.verify()
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = tuning.slp_vectorization = False
    passes = llvm.create_pass_builder(machine, tuning)
    passes.getModulePassManager().run(whole, passes)
    return bytes(machine.emit_object(whole))


def hook(name: str, kinds: list[str], answer: str) -> str:
    """A player that asks the page: it hands on all that such players take."""
    words = ", ".join(f"{kind} %v{k}" for k, kind in enumerate(kinds))
    rest = ", ".join(f"{kind} %v{k}" for k, kind in enumerate(kinds) if k > 1)
    return (
        f"\ndeclare {answer} @page_{name}({', '.join(kinds[2:])})\ndefine i32 @{name}({words}) {{\n"
        f"  %said = call {answer} @page_{name}({rest})\n  store {answer} %said, ptr %v0\n  ret i32 0\n}}\n"
    )


def getter(name: str) -> str:
    """A function that gives the address of another, as the loop takes it."""
    return f"\ndefine i64 @at_{name}() {{\n  ret i64 ptrtoint (ptr @{name} to i64)\n}}\n"


def link(machine_object: bytes, exports: list[str], folder: Path) -> bytes:
    """The WebAssembly file of an object file."""
    linker = shutil.which("wasm-ld")
    if linker is None:
        sys.exit("build_page_rules: expected the linker wasm-ld; on Debian: apt install lld")
    (folder / "rules.o").write_bytes(machine_object)
    words = [
        "--no-entry",
        "--allow-undefined",
        "--export-table",
        "--export=__heap_base",
        "--strip-all",
        "-O2",
    ]
    words += [f"--initial-memory={MEMORY}", *(f"--export={name}" for name in exports)]
    subprocess.run([linker, *words, folder / "rules.o", "-o", folder / "rules.wasm"], check=True)
    return (folder / "rules.wasm").read_bytes()


def build(folder: Path) -> None:
    """Write the file and what it was made of."""
    speakers = [room.find(name) for room in (negotiator_register, protocol_register) for name in room.names()]
    players = [*map(strategy_register.find, strategy_register.names()), *speakers]
    codes = entry_codes()
    for player in players:
        codes[player.name] = (speaker_code if player in speakers else code_of)(player)
    hooks = {
        "asked_move": (strategy_register.names()[0], "i64"),
        "asked_word": (negotiator_register.names()[0], "double"),
    }
    exports = [*codes, *(f"at_{name}" for name in [*codes, *hooks] if name not in ENTRIES)]
    content = link(object_of(codes, hooks), exports, folder)
    versions = {
        "python": platform.python_version(),
        "numba": numba.__version__,
        "llvmlite": llvmlite.__version__,
    }
    digests = {player.name: source_digest(player.rule) for player in players}
    origin = {"rules": rules_digest(), "players": digests, "versions": versions}
    for file, text in ((FILE, content), (ORIGIN, (json.dumps(origin, indent=2) + "\n").encode())):
        (folder / file.name).write_bytes(text)
        shutil.move(folder / file.name, file)
    print(f"{FILE.name}: {len(content)} bytes, {len(players)} players")


def main() -> None:
    """Build in a process of its own, in which Numba leaves the code as it is."""
    with tempfile.TemporaryDirectory() as folder:
        if all(os.environ.get(name) == value for name, value in PLAIN.items()):
            build(Path(folder))
            return
        words = [sys.executable, __file__]
        subprocess.run(words, env={**os.environ, **PLAIN, "NUMBA_CACHE_DIR": folder}, check=True)


if __name__ == "__main__":
    main()
