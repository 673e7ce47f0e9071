// @ts-check
// A student's device: it shows what the server says, and says what is clicked. Whatever is clicked twice counts once.
import { el, tableOf } from "../../reports/page/web/dom.js";
import { dateOf, figureOf, percent, say } from "../../reports/page/web/words.js";
import { codeOf } from "../../reports/page/web/code.js";
import { button, connect, draw, prepare } from "./line.js";

const about = await prepare(), KEY = "snapback.token", PERSON = 31, PLENTY = 1e5, AFTERWARDS = ["reveal", "after", "end"];
/** @type {(message: any) => void} */
let tell = () => {};

/** @param {"join" | "resume" | "words"} how @param {string} text */
function enter(how, text) {
  const fresh = [...crypto.getRandomValues(new Uint8Array(16))].map((x) => x.toString(16).padStart(2, "0")).join("");
  const token = localStorage.getItem(KEY) ?? fresh;
  localStorage.setItem(KEY, token);
  tell = connect(about, "/line", { do: how, text: text.slice(0, 60), token }, show);
}

/** @param {string} [problem] */
function door(problem) {
  const form = (/** @type {"join" | "words"} */ how, value = "") => {
    const input = el("input", { type: "text", autocomplete: "off", autocapitalize: "off", maxlength: 60, "aria-label": say(`class.${how}.label`), value });
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      enter(how, input.value);
    };
    return el("form", { onsubmit }, el("label", {}, `${say(`class.${how}.label`)} `, input), el("button", {}, say(`class.${how}`)));
  };
  draw(about.root, say("class.door"), [problem && problem !== "unknown" && el("p", { role: "alert", class: "complaint" }, say(`class.problem.${problem}`)),
    form("join", location.hash.slice(1, 7)), el("details", { class: "small" }, el("summary", {}, say("class.other_device")), form("words"))]);
}

/** @param {any} s  What the server says of this seat. */
function show(s) {
  if (s.problem) return door(s.problem);
  const when = s.phase === "after" ? "after" : s.ready || AFTERWARDS.includes(s.phase) ? "" : "before", form = when === "after" ? 1 - s.form : s.form;
  const item = about.questions.find((/** @type {any} */ q) => (q.form === undefined ? when === "before" : when && q.form === form) && !s.answers.includes(`${when}:${q.id}`));
  const [text, ...parts] = item ? question(item, when) : AFTERWARDS.includes(s.phase) ? afterwards(s, s.game)
    : !s.ready ? [say("class.lobby"), button("class.ready", () => tell({ do: "ready" }))]
    : !s.game ? [say("class.waiting"), el("p", { role: "status" }, say("class.count", { ready: s.count[0], all: s.count[1] }))] : play(s, s.game);
  draw(about.root, text, [...parts, el("p", { class: "note" }, say("class.you", { name: s.name, words: s.words }))]);
}

/** @param {any} item @param {string} when @returns {any[]} */
function question(item, when) {
  const sure = el("select", { "aria-label": say("class.sure") }, ...[0.25, 0.4, 0.55, 0.7, 0.85, 1].map((x) => el("option", { value: x }, percent(x))));
  const answer = (/** @type {number} */ choice) => () => tell({ do: "answer", when, text: item.id, choice, confidence: item.form === undefined ? null : Number(sure.value) });
  const buttons = item.choices.map((/** @type {string} */ text, /** @type {number} */ k) => el("button", { type: "button", class: "choice", onclick: answer(k) }, text));
  return [item.text, item.form !== undefined && el("p", {}, el("label", {}, `${say("class.sure")} `, sure)), el("div", { class: "choices", role: "group", "aria-label": item.text }, ...buttons)];
}

/** @param {any} s @param {any} g @returns {any[]} */
function play(s, g) {
  const names = { me: about.capitals[g.place], them: about.capitals[1 - g.place], day: dateOf(g.day) };
  if (s.phase === "pause") return [say("class.paused")];
  if (g.over) return [say("play.end"), el("p", {}, say("class.soon"))];
  const machine = g.machine && el("p", { class: "note" }, say("class.machine", names));
  if (g.due !== null) {
    const guess = (/** @type {number | null} */ share) => () => tell({ do: "guess", match: g.match, number: g.due, share }), label = say("class.predict", names);
    const dots = Array.from({ length: 11 }, (_, k) => el("button", { type: "button", class: "dot", "aria-label": percent(k / 10), onclick: guess(k / 10) }, 10 * k));
    return [label, el("div", { class: "dots", role: "group", "aria-label": label }, ...dots), el("p", {}, button("play.skip", guess(null), { class: "plain" })), machine];
  }
  const [turn] = g.turns, costs = Object.entries(g.costs).filter(([, cost]) => Math.abs(cost) >= 0.05).map(([term, cost]) => [say(`term.${term}`), figureOf(cost)]);
  const paid = costs.length > 0 && tableOf(say("play.terms"), [say("play.term"), say("cost")], costs);
  const moves = g.news.filter((/** @type {any} */ m) => m.move !== "hold").map(line);
  const news = moves.length ? el("ul", {}, ...moves) : el("p", {}, say("play.quiet", names));
  if (!turn) return [say("class.wait", names), news, machine, paid];
  names.them = about.capitals[turn.partner];
  const can = { escalate: turn.can_escalate, hold: true, relax: turn.can_relax };
  const buttons = Object.entries(can).map(([move, fine], k) => el("button", { type: "button", class: `move ${move}`, disabled: !fine,
    onclick: () => tell({ do: "move", match: g.match, number: turn.number, move: k }) }, say(`move.${about.game ? "game." : ""}${move}`)));
  const days = [turn.days_to_my_sunset, turn.days_to_their_sunset].map((d) => (d < 0 ? "-" : say("play.days", { count: d })));
  const facts = [[say("play.in_force"), turn.my_in_force, turn.their_in_force], [say("play.suspended"), turn.my_suspended, turn.their_suspended],
    [say("play.sunset"), ...days], [say("play.pressure"), figureOf(turn.my_pressure), figureOf(turn.their_pressure)]];
  return [say("play.turn", names), el("p", {}, about.game ? null : `${say(`reason.${turn.reason}`)} `, say("play.count", { count: g.count })), news,
    el("div", { class: "moves", role: "group", "aria-label": say("play.turn", names) }, ...buttons), machine, !about.game && tableOf(say("play.where"), ["", names.me, names.them], facts),
    paid, turn.stock_months < PLENTY && el("p", {}, say("play.stock", { months: figureOf(turn.stock_months) }))];
}

/** A decision of somebody. @param {any} m */
function line(m) {
  const acts = m.acts.map((/** @type {string[]} */ [act, title]) => `${say(`act.${act}`)}: ${title}`).join("; ");
  return el("li", {}, `${dateOf(m.day, "medium")}: `, say("why.line", { who: about.capitals[m.who], whom: about.capitals[m.whom], move: say(`does.${m.move}`) }), acts && ` (${acts})`);
}

/** @param {any} s @param {any} g @returns {any[]} */
function afterwards(s, g) {
  if (!g) return [say(s.phase === "end" ? "class.ended" : "class.soon")];
  const { costs, decisions, guesses, seed, said } = g.result, heads = about.game ? [say("account.game")] : ["economy", "politics"].map((a) => say(`account.${a}`));
  const own = decisions.filter((/** @type {any} */ d) => d.who === g.place), theirs = decisions.filter((/** @type {any} */ d) => d.who !== g.place && d.move !== "hold");
  const sure = guesses[g.place].filter((/** @type {any[]} */ x) => x[2] !== null);
  const brier = sure.reduce((/** @type {number} */ sum, /** @type {any[]} */ [, share, yes]) => sum + (share - Number(yes)) ** 2 / sure.length, 0);
  const changes = [...about.set, ...(g.treated ? about.treatment : [])].map((text) => text.split("="));
  const address = new URLSearchParams([["page", about.name], ["version", about.versions[0].slice(0, 12)], ...changes]);
  const rows = own.map((/** @type {any} */ d) => [dateOf(d.day, "medium"), say(`move.${d.move}`), ...d.values.map((/** @type {number} */ x) => figureOf(x))]);
  return [say(s.phase === "end" ? "class.ended" : "class.reveal"), g.treated ? el("p", {}, say("class.treated", { numbers: about.treatment.join(", ") })) : null,
    tableOf(say("pair.costs"), ["", ...heads], costs.map((/** @type {number[]} */ row, /** @type {number} */ k) => [about.capitals[k], ...row.slice(0, heads.length).map((x) => figureOf(x))])),
    sure.length > 0 && el("p", {}, say("class.brier", { count: sure.length, brier: figureOf(brier, 2) })),
    el("p", {}, say("class.code"), " ", el("code", {}, codeOf({ seat: g.place, opponent: PERSON, seed, said, chosen: {} }, about.versions[g.treated])), ". ", say("class.code.use")),
    el("p", {}, el("a", { href: `/page#${address}`, target: "_blank", rel: "noopener" }, say("class.page"))),
    !about.game && el("details", {}, el("summary", {}, say("class.own")), tableOf(say("play.worth"), [say("day"), say("move"), ...["escalate", "hold", "relax"].map((m) => say(`move.${m}`))], rows)),
    el("details", {}, el("summary", {}, say("class.theirs")), el("ul", {}, ...theirs.map(line)))];
}

if (localStorage.getItem(KEY)) enter("resume", "");
else door();
