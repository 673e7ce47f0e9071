"""`snapback play` as its users meet it: on a page, and in the terminal."""

import io

import pytest

import sim


@pytest.fixture
def browser(monkeypatch):
    """A browser that takes every page; gives the addresses that it was sent."""
    addresses = []
    monkeypatch.setattr("webbrowser.open", lambda address: addresses.append(address) or True)
    return addresses


@pytest.fixture
def type_in(monkeypatch):
    """Let a user type some lines; then the input ends."""
    return lambda *lines: monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{x}\n" for x in lines)))


def test_the_page_of_a_game_is_written_and_opened(snapback, browser, tmp_path):
    code, out, err = snapback("play", "busan", "--as", "CN", "--out", "game.html")
    assert (code, out, err) == (0, "Written to game.html.\n", "")
    assert browser == [(tmp_path / "game.html").as_uri()]
    assert '"seat":1' in (tmp_path / "game.html").read_text("utf-8")


def test_without_a_browser_it_says_where_the_page_is(snapback, monkeypatch, tmp_path):
    monkeypatch.setattr("webbrowser.open", lambda address: False)
    code, _, err = snapback("play", "ipd")
    assert (code, err) == (0, "No browser could be opened; the page is results/pages/ipd_play.html.\n")
    assert (tmp_path / "results" / "pages" / "ipd_play.html").is_file()


def test_what_moves_pay_is_shown_term_by_term_and_answers_stay_hidden(snapback, type_in):
    type_in("e", "", "", "")
    code, out, err = snapback("play", "busan", "--as", "CN", "--terminal")
    assert (code, err) == (0, "")
    (first,) = (
        d for d in sim.TradeModel("busan", 1, until="2025-11-20").run().decisions if d.government == 1
    )
    assert "\n20 November 2025. Beijing decides about Washington, at its regular review.\n" in out
    for move, c in zip(("escalate", "hold", "relax"), first.candidates, strict=True):
        assert f"  {move:8} {c.now:+.1f} bn USD" in out
    assert "attention for its acts" in out and "answers" not in out


def test_the_input_s_end_ends_the_game_with_a_word_and_costs_beside_those_of_the_default(snapback, type_in):
    type_in("", "", "", "")
    code, out, err = snapback("play", "busan", "--as", "CN", "--terminal", "--strategy", "US=hold")
    assert (code, err) == (0, "")
    assert "The input ended on 19 January 2026, and with it the game." in out
    players = {"US": "hold", "CN": "payoff_logit"}
    model = sim.TradeModel("busan", 1, until="2026-01-18", strategy=players).run()
    (economy,) = (line for line in out.splitlines() if "economy [bn USD]" in line)
    assert economy.split("│")[3].strip() == f"{model.costs.CN.economy.round(1) + 0.0}"


def test_a_game_of_rounds_is_played_to_its_end_and_guesses_are_scored(snapback, type_in):
    type_in(*(word for _ in range(200) for word in ("h", "20")))
    code, out, err = snapback("play", "ipd", "--terminal", "--strategy", "COL=hold")
    assert (code, err) == (0, "")
    assert "input ended" not in out
    model = sim.TradeModel("ipd", 1, strategy={"ROW": "hold", "COL": "hold"}).run()
    (points,) = (line for line in out.splitlines() if "points │" in line)
    assert points.split("│")[2].strip() == f"{model.costs.ROW.economy}"
    wrong = sum(d.move == 0 for d in model.decisions if d.government == 1 and d.day < model.end)
    assert wrong > 0  # errors of the hand
    assert f"Guesses: 199. Brier score: {(wrong * 0.64 + (199 - wrong) * 0.04) / 199:.2f};" in out


def test_what_is_no_answer_or_not_legal_is_asked_again(snapback, type_in):
    type_in("r", "x", "", "200", "50")
    out = snapback("play", "ipd", "--terminal")[1]
    assert [word in out for word in ("'r' cannot", "'x' cannot", "'200' cannot", "'50' cannot")] == [
        True
    ] * 3 + [False]


def test_nothing_typed_ends_a_game_that_has_not_begun(snapback, type_in):
    type_in()
    code, out, err = snapback("play", "ipd", "--terminal")
    assert (code, err) == (0, "")
    assert out.endswith("The input ended on 1 January 2000, and with it the game.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("busann",), "busan"),
        (("busan", "--as", "EU"), "--as: expected one of US, CN, got 'EU'"),
        (("triangle", "--as", "EU"), "expected one of US, CN to play, got 'EU'"),
        (("busan", "--seed", "2"), "--strategy and --seed: expected --terminal"),
        (("busan", "--strategy", "US=hold"), "--strategy and --seed: expected --terminal"),
        (("busan", "--terminal", "--out", "x.html"), "--out: expected no --terminal"),
        (("busan", "--terminal", "--strategy", "US=hold"), "got two for US"),
        (("ipd", "--out", "nowhere/x.html"), "nowhere"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(snapback, browser, tmp_path, words, sentence):
    code, out, err = snapback("play", *words)
    assert (code, out) == (2, "")
    assert sentence in err and err.count("\n") == 1
    assert not browser and not list(tmp_path.iterdir())
