"""Whatever machine code is made from changes its digest; what cannot be told exactly is never kept."""

import importlib
import os
import subprocess
import sys
import types
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import pytest
from numba import njit

import sim
from sim.engines.compiler.code_digest import ONCE, digest
from sim.engines.compiler.outcome_functions import CompiledOutcome

BODY = "def rule(run):\n    return {}\n"
CHANGES = {
    "a number": ("K = 1", "K = 2", "K"),
    "a whole number that becomes a float": ("K = 1", "K = 1.0", "K"),
    "a whole number that becomes a truth": ("K = 1", "K = True", "K"),
    "the sign of nothing": ("K = 0.0", "K = -0.0", "K"),
    "a complex number": ("K = 1j", "K = 2j", "K.imag"),
    "a text": ("K = 'a'", "K = 'b'", "len(K)"),
    "bytes": ("K = b'a'", "K = b'b'", "K[0]"),
    "a range": ("K = range(3)", "K = range(4)", "len(K)"),
    "an array": ("K = np.array([1.0])", "K = np.array([2.0])", "K[0]"),
    "the type of an array": ("K = np.array([1])", "K = np.array([1], dtype=np.int8)", "K[0]"),
    "the shape of an array": ("K = np.zeros((2, 3))", "K = np.zeros((3, 2))", "K[1, 1]"),
    "the order of an array": ("K = np.ones((2, 2))", "K = np.asfortranarray(np.ones((2, 2)))", "K[0, 0]"),
    "the middle of a long array": (
        "K = np.zeros(5000)",
        "K = np.zeros(5000); K[2500] = 1.0",
        "K[0]",
    ),
    "an array of records": (
        "K = np.array([(1, 2.0)], dtype=[('a', 'i8'), ('b', 'f8')])",
        "K = np.array([(1, 3.0)], dtype=[('a', 'i8'), ('b', 'f8')])",
        "K[0].b",
    ),
    "a long array in a tuple": (
        "K = (np.zeros(5000),)",
        "K = (np.concatenate([np.zeros(2500), np.ones(2500)]),)",
        "K[0][0]",
    ),
    "a NumPy whole number": ("K = np.int64(1)", "K = np.int64(2)", "K"),
    "a NumPy float": ("K = np.float32(1)", "K = np.float32(2)", "K"),
    "a NumPy truth": ("K = np.True_", "K = np.False_", "K"),
    "a NumPy date": ("K = np.datetime64('2026-01-01')", "K = np.datetime64('2026-01-02')", "K"),
    "a NumPy type": ("K = np.dtype('f8')", "K = np.dtype('f4')", "K"),
    "a tuple in a tuple": ("K = ((1, 2), 3)", "K = ((1, 4), 3)", "K[0][1]"),
    "a NumPy number in a tuple": ("K = (np.int8(1),)", "K = (np.int8(2),)", "K[0]"),
    "a list": ("K = [1, 2]", "K = [1, 3]", "K[0]"),
    "a table": ("K = {'a': 1}", "K = {'a': 2}", "K['a']"),
    "a set": ("K = {1, 2}", "K = {1, 3}", "1 in K"),
    "a member of an enumeration": (
        "class C(IntEnum):\n    A = 1\nK = C.A",
        "class C(IntEnum):\n    A = 2\nK = C.A",
        "K",
    ),
    "a class of an enumeration": ("class C(IntEnum):\n    A = 1", "class C(IntEnum):\n    A = 2", "C.A"),
    "a default of a named tuple": (
        "class P(NamedTuple):\n    x: float = 1.0",
        "class P(NamedTuple):\n    x: float = 2.0",
        "P().x",
    ),
    "a value in a named tuple": (
        "class P(NamedTuple):\n    x: float = 1.0\nK = P(1.0)",
        "class P(NamedTuple):\n    x: float = 1.0\nK = P(2.0)",
        "K.x",
    ),
    "a helper": ("def K(x):\n    return x", "def K(x):\n    return x + 1", "K(1)"),
    "a constant of a helper": ("L = 1\ndef K(x):\n    return L", "L = 2\ndef K(x):\n    return L", "K(1)"),
    "an array of a helper": (
        "L = np.ones(2)\ndef K(x):\n    return L[x]",
        "L = np.zeros(2)\ndef K(x):\n    return L[x]",
        "K(1)",
    ),
    "a default of a helper": ("def K(x=1):\n    return x", "def K(x=2):\n    return x", "K()"),
    "a default by name": ("def K(*, x=1):\n    return x", "def K(*, x=2):\n    return x", "K()"),
    "a helper that somebody compiled": (
        "@njit\ndef K(x):\n    return x",
        "@njit\ndef K(x):\n    return x + 1",
        "K(1)",
    ),
    "how a helper was compiled": (
        "@njit\ndef K(x):\n    return x",
        "@njit(fastmath=True)\ndef K(x):\n    return x",
        "K(1)",
    ),
    "what a nested function names": ("K = np.ones(1)", "K = np.zeros(1)", "[K[0] for _ in range(3)][0]"),
    "a function of a module": ("from math import sin as K", "from math import cos as K", "K(1.0)"),
}


def rule_of(text, expression):
    """A function in a module of its own, the same in every version of it."""
    module = types.ModuleType("digested")
    module.__dict__.update(np=np, IntEnum=IntEnum, NamedTuple=NamedTuple, njit=njit)
    exec(text + "\n" + BODY.format(expression), module.__dict__)
    return module.rule


@pytest.mark.parametrize("what", CHANGES)
def test_another_value_of_what_a_function_names_is_another_digest(what):
    before, after, expression = CHANGES[what]
    assert digest(rule_of(before, expression)) != digest(rule_of(after, expression))
    for text in (before, after):
        same, again = digest(rule_of(text, expression)), digest(rule_of(text, expression))
        assert same == again and not same.startswith(ONCE)


@pytest.mark.parametrize(
    "text",
    [
        "class Thing:\n    x = 1\nK = Thing()",
        "class Thing:\n    x = 1\nK = (1, (Thing(),))",
        "class Thing:\n    x = 1\nK = Thing",
        "class Whole(int):\n    extra = 1\nK = Whole(1)",
        "K = np.array([None], dtype=object)",
        "K = np.ma.masked_array([1.0, 2.0])",
        "import ctypes\nK = ctypes.CDLL(None).labs",
        "K = [].append",
        "K = lambda f: f\nclass T(tuple):\n    pass\nK = T((1, 2))",
        "K = []\nK.append(K)",
    ],
)
def test_what_cannot_be_told_exactly_has_another_digest_each_time(text):
    rule = rule_of(text, "K")
    assert digest(rule) != digest(rule)
    assert digest(rule).startswith(ONCE)


def test_a_number_that_is_read_of_a_module_is_told(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "consts_told").mkdir()
    (tmp_path / "consts_told" / "__init__.py").write_text("from . import inner\nK = 1\n", "utf-8")
    (tmp_path / "consts_told" / "inner.py").write_text("import numpy as np\nL = np.array([1])\n", "utf-8")
    import consts_told

    rules = [rule_of("import consts_told", e) for e in ("consts_told.K", "consts_told.inner.L[0]")]
    before = [digest(rule) for rule in rules]
    assert [digest(rule) for rule in rules] == before
    consts_told.K = 2
    consts_told.inner.L[0] = 2
    assert not set(before) & {digest(rule) for rule in rules}


def test_a_value_that_a_function_encloses_is_told():
    def enclosing(k):
        return lambda run: k

    assert digest(enclosing(1)) != digest(enclosing(2))
    assert digest(enclosing(np.ones(2))) != digest(enclosing(np.zeros(2)))
    assert digest(enclosing(object())).startswith(ONCE)


def test_the_digest_is_the_same_in_every_process():
    program = (
        "from sim.engines.compiler.code_digest import digest\n"
        "def rule(x): return x in {'a', 'b', 'c', 'd'}\n"
        "print(digest(rule))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


@pytest.mark.parametrize("name", ["sim.engines.compiler.run_loop:run_worlds", "sim.outcomes.cost:cost"])
def test_all_rules_of_ours_can_be_told(name):
    module, _, function = name.partition(":")
    assert not digest(getattr(importlib.import_module(module), function)).startswith(ONCE)


SPELLED = {
    "an array": ("K = np.array([{}])", "K[0]"),
    "a NumPy number": ("K = np.float32({})", "K"),
    "a tuple of arrays": ("K = (np.array([{}]), 1)", "K[0][0]"),
    "a helper's array": ("L = np.array([{}])\ndef K():\n    return L[0]", "K()"),
}


@pytest.mark.usefixtures("compiled_once")
@pytest.mark.parametrize("what", SPELLED)
def test_an_outcome_with_other_constants_gives_other_numbers_in_the_same_process(what):
    text, expression = SPELLED[what]
    for value in (1.0, 7.0):
        rule = rule_of(text.format(value), f"float(len(run.moves) * {expression})")
        answer = sim.ensemble("ipd", runs=1, seed=1, readings=[CompiledOutcome(rule)]).readings
        assert answer.tolist() == [[400.0 * value]]
