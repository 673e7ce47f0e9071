// @ts-check
// A student's device: it shows what the server says, and says what is clicked. Whatever is clicked twice counts once.
import { button, choiceOf, complaintOf, el } from "../../reports/page/web/dom.js";
import { accountHeads, calibration, costTable, dealText, decisionText, prediction, turnBoard } from "../../reports/page/web/board.js";
import { dateOf, percent, say } from "../../reports/page/web/words.js";
import { connect, draw, gameLink, prepare } from "./line.js";

const about = await prepare(), KEY = "snapback.token", AFTERWARDS = ["reveal", "after", "end"];
const SURE = [0.25, 0.4, 0.55, 0.7, 0.85, 1]; // how sure one can be of one of four choices

/** @param {string} text  A code, three words, or nothing if one has been here. */
function enter(text) {
  const fresh = [...crypto.getRandomValues(new Uint8Array(16))].map((x) => x.toString(16).padStart(2, "0")).join("");
  const token = (localStorage[KEY] ??= fresh), how = !text ? "resume" : text.trim().includes(" ") ? "words" : "join";
  connect(about, "/line", { do: how, text: text.slice(0, 60), token }, show);
}

/** @param {string} [problem] */
function door(problem) {
  const input = el("input", { type: "text", autocomplete: "off", autocapitalize: "off", maxlength: 60, value: location.hash.slice(1, 7) });
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    enter(input.value);
  };
  draw(about.root, say("class.door"), [
    problem && problem !== "unknown" && complaintOf(say(`class.problem.${problem}`)),
    el("form", { onsubmit }, el("label", {}, `${say("class.join.label")} `, input), el("button", {}, say("class.join"))),
    el("p", { class: "note" }, say("class.other_device")),
  ]);
}

/** @param {any} s  What the server says of this seat. */
function show(s) {
  if (s.problem) return door(s.problem);
  const [text, ...parts] = screenOf(s);
  draw(about.root, text, [...parts, el("p", { class: "note" }, say("class.you", { name: s.name, words: s.words }))]);
}

/** Its heading, and what is below it. @param {any} s @returns {any[]} */
function screenOf(s) {
  const over = AFTERWARDS.includes(s.phase), when = s.phase === "after" ? "after" : s.ready || over ? "" : "before";
  const form = when === "after" ? 1 - s.form : s.form;
  const item = about.questions.find((q) =>
    (q.form === undefined ? when === "before" : when && q.form === form) && !s.answers.includes(`${when}:${q.id}`));
  if (item) return question(item, when);
  if (over) return afterwards(s, s.game);
  if (!s.ready) return [say("class.lobby"), el("p", {}, say("play.sentence"), about.talks && ` ${say("play.talks")}`), button("class.ready", () => about.tell({ do: "ready" }))];
  if (s.game) return play(s, s.game);
  return [say("class.waiting"), s.count && el("p", { role: "status" }, say("class.count", { ready: s.count[0], all: s.count[1] }))];
}

/** @param {any} item @param {string} when @returns {any[]} */
function question(item, when) {
  const sure = item.form !== undefined && choiceOf(SURE.map((x) => [x, percent(x)]), SURE[0]);
  const buttons = item.choices.map((/** @type {string} */ text, /** @type {number} */ choice) => el("button", { type: "button", class: "choice",
    onclick: () => about.tell({ do: "answer", when, text: item.id, choice, confidence: sure ? Number(sure.value) : null }) }, text));
  return [item.text, sure && el("p", {}, el("label", {}, `${say("class.sure")} `, sure)),
    el("div", { class: "choices", role: "group", "aria-label": item.text }, ...buttons)];
}

/** @param {any} s @param {any} g @returns {any[]} */
function play(s, g) {
  const capital = (/** @type {number} */ place) => about.governments[place].capital, [turn] = g.turns ?? [];
  const names = { me: capital(g.place), them: capital(turn ? turn.partner : 1 - g.place), day: dateOf(g.day) };
  if (s.phase === "pause") return [say("class.paused")];
  if (g.over) return [say("play.end"), el("p", {}, say("class.soon"))];
  if (s.silent) return [say("class.silent"), button("class.back", () => about.tell({ do: "ready" }))];
  const machine = g.machine && el("p", { class: "note" }, say("class.machine", names));
  if (g.due !== null) {
    const guess = (/** @type {number[] | null} */ shares) => about.tell({ do: "guess", match: g.match, number: g.due, shares });
    return [say("play.predict", names), ...prediction(names, g.shares, guess), machine];
  }
  const news = g.news.map((item) => (item.acts ? decisionText(about, item) : told(item)));
  const speak = (/** @type {number} */ move, /** @type {number[][]} */ acts) => about.tell({ do: "move", match: g.match, number: turn.number, move, acts });
  const board = { names, game: about.game, count: g.count, news, view: turn, acts: turn?.acts, paid: about.game ? [] : g.costs };
  return [say(turn ? "play.turn" : "class.wait", names), ...turnBoard(about, board, speak), machine];
}

/** A deal if it is news, and who left what of it undone. @param {any} deal */
const told = (deal) => [...(deal.kept ? [dealText(about, deal, deal.kept)] : []), ...deal.undone.map((side) =>
  say("class.undone", { who: about.governments[side.government].capital, what: side.measures.join("; ") }))].join(" ");

/** @param {any} s @param {any} g @returns {any[]} */
function afterwards(s, g) {
  const heading = say(s.phase === "end" ? "class.ended" : "class.reveal");
  if (!g) return [heading];
  const names = about.governments.map((one, k) => one.capital + (k === g.place ? ` (${say("class.yourself")})` : ""));
  return [
    heading,
    g.treated > 0 && el("p", {}, say("class.treated", { numbers: about.treatment.join(", ") })),
    costTable(names, g.result.costs, accountHeads(about, about.game)),
    ...g.result.deals.map((deal) => el("p", {}, told(deal))),
    calibration("play.calibration", g.result.guesses[g.place]),
    el("p", {}, `${say("class.code")} `, gameLink(about, g, g.place)),
    about.lesson && el("p", {}, el("a", { href: "/page", target: "_blank", rel: "noopener" }, say("class.lesson"))),
  ];
}

if (localStorage.getItem(KEY)) enter("");
else door();
