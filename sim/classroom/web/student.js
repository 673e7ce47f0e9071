// @ts-check
// A student's device: it shows what the server says, and says what is clicked. Whatever is clicked twice counts once.
import { el, tableOf } from "../../reports/page/web/dom.js";
import { dateOf, figureOf, percent, plainNumber, say } from "../../reports/page/web/words.js";
import { codeOf } from "../../reports/page/web/code.js";
import { button, connect, draw, heading, prepare } from "./line.js";

const about = await prepare(), KEY = "snapback.token", PERSON = 31, PLENTY = 1e5;
const AFTERWARDS = ["reveal", "after", "end"];
/** @type {(said: any) => void} */
let tell = () => {};
/** @type {any} */
let screen = null;

function fresh() {
  const token = [...crypto.getRandomValues(new Uint8Array(16))].map((x) => x.toString(16).padStart(2, "0")).join("");
  localStorage.setItem(KEY, token);
  return token;
}

/** @param {"join" | "resume" | "words"} how @param {string} text */
function enter(how, text) {
  const token = localStorage.getItem(KEY) ?? fresh();
  tell = connect(about, "/line", { do: how, text: text.slice(0, 60), token }, (next) => {
    screen = next;
    show();
  });
}

/** @param {string} [problem] */
function door(problem) {
  const field = (/** @type {"join" | "words"} */ how) => {
    const input = el("input", { type: "text", autocomplete: "off", autocapitalize: "off", maxlength: 60, "aria-label": say(`class.${how}.label`) });
    if (how === "join") input.value = location.hash.slice(1, 7);
    return el("form", { onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      enter(how, input.value);
    } }, el("label", {}, `${say(`class.${how}.label`)} `, input), el("button", {}, say(`class.${how}`)));
  };
  draw(about.root, [heading(say("class.door")), problem && problem !== "unknown" && el("p", { role: "alert", class: "complaint" }, say(`class.problem.${problem}`)),
    field("join"), el("details", { class: "small" }, el("summary", {}, say("class.other_device")), field("words"))]);
}

function show() {
  const s = screen, g = s.game;
  if (s.problem) return door(s.problem);
  const who = el("p", { class: "note" }, say("class.you", { name: s.name, words: s.words }));
  const item = itemOf(s);
  const body = item ? question(...item) : AFTERWARDS.includes(s.phase) ? afterwards(s, g) : !s.ready ? lobby() : !g ? waiting(s) : play(s, g);
  draw(about.root, [...body, who]);
}

/** The next question that has no answer yet. @param {any} s @returns {[any, string] | null} */
function itemOf(s) {
  const when = s.phase === "after" ? "after" : !s.ready && s.phase !== "end" && s.phase !== "reveal" ? "before" : null;
  const form = when === "after" ? 1 - s.form : s.form;
  const item = when && about.questions.find((/** @type {any} */ q) => (q.form === undefined ? when === "before" : q.form === form) && !s.answers.includes(`${when}:${q.id}`));
  return item ? [item, /** @type {string} */ (when)] : null;
}

/** @param {any} item @param {string} when */
function question(item, when) {
  const sure = el("select", { "aria-label": say("class.sure") }, ...[25, 40, 55, 70, 85, 100].map((k) => el("option", { value: k / 100 }, percent(k / 100))));
  const answer = (/** @type {number} */ choice) => () => tell({ do: "answer", when, text: item.id, choice, confidence: item.id === "lesson" ? null : Number(sure.value) });
  const buttons = item.choices.map((/** @type {string} */ text, /** @type {number} */ k) => el("button", { type: "button", class: "choice", onclick: answer(k) }, text));
  return [heading(item.text), item.id !== "lesson" && el("p", {}, el("label", {}, `${say("class.sure")} `, sure)), el("div", { class: "choices", role: "group", "aria-label": item.text }, ...buttons)];
}

function lobby() {
  return [heading(say("class.lobby")), button("class.ready", () => tell({ do: "ready" }))];
}

/** @param {any} s */
function waiting(s) {
  return [heading(say("class.waiting")), el("p", { role: "status" }, say("class.count", { ready: s.count[0], all: s.count[1] }))];
}

/** @param {any} s @param {any} g */
function play(s, g) {
  const names = { me: about.capitals[g.place], them: about.capitals[1 - g.place], day: dateOf(g.day) };
  const machine = g.machine && el("p", { class: "note" }, say("class.machine", names));
  if (s.phase === "pause") return [heading(say("class.paused"))];
  if (g.over) return [heading(say("play.end")), el("p", {}, say("class.soon"))];
  if (g.due !== null) return [...prediction(g, names), machine];
  const [turn] = g.turns, costs = Object.entries(g.costs).filter(([, cost]) => Math.abs(cost) >= 0.05);
  const paid = costs.length > 0 && tableOf(say("play.terms"), [say("play.term"), say("cost")], costs.map(([term, cost]) => [say(`term.${term}`), figureOf(cost)]));
  const news = g.news.filter((/** @type {any} */ m) => m.move !== "hold").map((/** @type {any} */ m) => el("li", {}, line(m)));
  const said = news.length ? el("ul", {}, ...news) : el("p", {}, say("play.quiet", names));
  if (!turn) return [heading(say("class.wait", names)), said, machine, paid];
  names.them = about.capitals[turn.partner];
  const can = { escalate: turn.can_escalate, hold: true, relax: turn.can_relax };
  const buttons = Object.entries(can).map(([move, fine], k) => el("button", { type: "button", class: `move ${move}`, disabled: !fine,
    onclick: () => tell({ do: "move", match: g.match, number: turn.number, move: k }) }, say(`move.${about.game ? "game." : ""}${move}`)));
  const days = [turn.days_to_my_sunset, turn.days_to_their_sunset].map((d) => (d < 0 ? "-" : say("play.days", { count: d })));
  const facts = [[say("play.in_force"), turn.my_in_force, turn.their_in_force], [say("play.suspended"), turn.my_suspended, turn.their_suspended],
    [say("play.sunset"), ...days], [say("play.pressure"), figureOf(turn.my_pressure), figureOf(turn.their_pressure)]];
  return [heading(say("play.turn", names)), el("p", {}, about.game ? null : `${say(`reason.${turn.reason}`)} `, say("play.count", { count: g.count })), said,
    el("div", { class: "moves", role: "group", "aria-label": say("play.turn", names) }, ...buttons), machine,
    !about.game && tableOf(say("play.where"), ["", names.me, names.them], facts), paid,
    turn.stock_months < PLENTY && el("p", {}, say("play.stock", { months: figureOf(turn.stock_months) }))];
}

/** @param {any} g @param {any} names */
function prediction(g, names) {
  const guess = (/** @type {number | null} */ share) => () => tell({ do: "guess", match: g.match, number: g.due, share });
  const dots = Array.from({ length: 11 }, (_, k) => el("button", { type: "button", class: "dot", "aria-label": percent(k / 10), onclick: guess(k / 10) }, 10 * k));
  const label = say("class.predict", names);
  return [heading(label), el("div", { class: "dots", role: "group", "aria-label": label }, ...dots), el("p", {}, button("play.skip", guess(null), { class: "plain" }))];
}

/** A decision in a sentence. @param {any} m */
export function line(m) {
  const acts = m.acts.map(([/** @type {string} */ act, /** @type {string} */ title]) => `${say(`act.${act}`)}: ${title}`).join("; ");
  return `${dateOf(m.day, "medium")}: ${say("why.line", { who: about.capitals[m.who], whom: about.capitals[m.whom], move: say(`does.${m.move}`) })}${acts && ` (${acts})`}`;
}

/** @param {any} s @param {any} g */
function afterwards(s, g) {
  if (!g) return [heading(say(s.phase === "end" ? "class.ended" : "class.soon"))];
  const { costs, decisions, guesses, seed, said } = g.result, heads = about.game ? [say("account.game")] : ["economy", "politics"].map((a) => say(`account.${a}`));
  const own = decisions.filter((/** @type {any} */ d) => d.who === g.place), known = guesses[g.place].filter((/** @type {any[]} */ x) => x[2] !== null);
  const brier = known.reduce((/** @type {number} */ sum, /** @type {any[]} */ [, share, yes]) => sum + (share - Number(yes)) ** 2 / known.length, 0);
  const code = codeOf({ seat: g.place, opponent: PERSON, seed, said, chosen: {} }, about.versions[g.treated]);
  const changed = new URLSearchParams([["page", about.name], ["version", about.versions[0]], ...[...about.set, ...(g.treated ? about.treatment : [])].map((t) => t.split("="))]);
  const rows = own.map((/** @type {any} */ d) => el("li", {}, `${dateOf(d.day, "medium")}: ${say(`move.${d.move}`)}. `,
    say("play.worth", { escalate: figureOf(d.values[0]), hold: figureOf(d.values[1]), relax: figureOf(d.values[2]) })));
  const theirs = decisions.filter((/** @type {any} */ d) => d.who !== g.place && d.move !== "hold").map((/** @type {any} */ d) => el("li", {}, line(d)));
  return [heading(say(s.phase === "end" ? "class.ended" : "class.reveal")),
    g.treated ? el("p", {}, say("class.treated", { numbers: about.treatment.join(", ") })) : null,
    tableOf(say("pair.costs"), ["", ...heads], costs.map((/** @type {number[]} */ row, /** @type {number} */ k) => [about.capitals[k], ...row.slice(0, heads.length).map((x) => figureOf(x))])),
    known.length > 0 && el("p", {}, say("class.brier", { count: known.length, brier: figureOf(brier, 2) })),
    el("p", {}, say("class.code"), " ", el("code", {}, code), ". ", say("class.code.use")), el("p", {}, el("a", { href: `/page#${changed}`, target: "_blank", rel: "noopener" }, say("class.page"))),
    !about.game && el("details", {}, el("summary", {}, say("class.own")), el("ol", {}, ...rows)),
    el("details", {}, el("summary", {}, say("play.theirs")), el("ul", {}, ...theirs)), el("p", { class: "note" }, plainNumber(said.length), " ", say("class.moves"))];
}

if (localStorage.getItem(KEY)) enter("resume", "");
else door();
