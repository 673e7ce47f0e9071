// @ts-check
// The teacher's screen: who is there, how far the games are, the clock, and after the reveal what came of them.
import { el, tableOf } from "../../reports/page/web/dom.js";
import { calibration } from "../../reports/page/web/board.js";
import { figureOf, percent, say } from "../../reports/page/web/words.js";
import { button, connect, draw, gameLink, prepare } from "./line.js";

const about = await prepare(), SIGNS = ["▲", "■", "▼"], ESCALATES = 0, DEBRIEF = 20, PLAY = 0.4; // minutes; share of the lesson
/** What may be ordered in each phase. @type {Record<string, string[]>} */
const ORDERS = { join: ["pairs", "end"], play: ["pause", "reveal"], pause: ["play", "reveal"], reveal: ["again", "after", "end"], after: ["end"], end: [] };
/** The halves of the class. @param {any[]} games @returns {any[][]} */
const halves = (games) => [0, 1].map((half) => games.filter((g) => g.treated === half)).filter((list) => list.length);
/** @param {number[]} values */
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const clock = el("p", { class: "clock", role: "timer" });
/** @type {any} */
let screen = null;
about.header.append(clock);
const tell = connect(about, "/teacher/line", { do: "teach", token: location.hash.slice(1) }, show);

/** Minutes in some phases so far. @param {string[]} wanted */
function minutes(wanted) {
  const ends = [...screen.phases.slice(1).map((/** @type {any[]} */ [t]) => t), Date.now() / 1000];
  const spans = screen.phases.map((/** @type {any[]} */ [t, phase], /** @type {number} */ k) => (wanted.includes(phase) ? ends[k] - t : 0));
  return spans.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0) / 60;
}

setInterval(() => {
  if (!screen) return;
  const all = minutes(Object.keys(ORDERS)), played = minutes(["play", "pause"]), talked = minutes(["reveal"]), left = about.minutes - all;
  const late = ["play", "pause"].includes(screen.phase) && (played > PLAY * about.minutes ? "class.clock.long" : left < DEBRIEF && "class.clock.debrief");
  const warning = late || (screen.phase === "reveal" && talked < DEBRIEF && left > 0 && "class.clock.talk");
  const counts = say("class.clock", { all: Math.floor(all), of: about.minutes, played: Math.floor(played), talked: Math.floor(talked) });
  clock.textContent = `${counts} ${warning ? say(warning, { left: Math.max(0, Math.round(left)), more: Math.ceil(DEBRIEF - talked) }) : ""}`;
  clock.classList.toggle("warning", Boolean(late));
}, 1000);

/** @param {any} next  What the server says of the class. */
function show(next) {
  const { phase, code, seats, games } = (screen = next), joining = phase === "join";
  const ready = seats.filter((/** @type {any} */ s) => s.ready).length, missing = seats.some((/** @type {any} */ s) => s.here && !s.ready);
  const order = (/** @type {string} */ what) => (what !== "end" || confirm(say("class.sure_end"))) && tell({ do: what });
  const buttons = ORDERS[phase].map((what) => button(`class.order.${what}`, () => order(what), { disabled: what === "pairs" && (!ready || missing) }));
  draw(about.root, say(`class.phase.${phase}`), [
    el("p", { class: joining ? "join" : "later" }, el("strong", { class: "code" }, code), " ", el("span", {}, `${about.address}#${code}`)),
    joining && el("img", { src: about.picture, alt: say("class.picture") }),
    el("div", { class: "counts" }, ...buttons),
    joining && el("p", { role: "status" }, say("class.count", { ready, all: seats.length })),
    games.length > 0 && games[0].result && results(games),
    games.length > 0 && progress(games),
    el("h2", {}, say("class.seats", { count: seats.length })),
    el("ul", { class: "seats" }, ...seats.map(seatLine)),
  ]);
}

/** @param {any} s */
function seatLine(s) {
  const state = !s.here ? ` (${say("class.gone")})` : s.silent ? ` (${say("class.by_machine")})` : "";
  return el("li", { class: `seat ${s.here ? "here" : "gone"}` }, el("span", { "aria-hidden": "true" }, s.ready ? "● " : s.here ? "○ " : "· "), s.name, state);
}

/** What a pair is called: never by its names. @param {number} k */
function nameOf(k) {
  return say("class.pair", { name: String.fromCharCode(65 + (k % 26)) + (k >= 26 ? Math.floor(k / 26) : "") });
}

/** Games as rows of signs. @param {any[]} games */
function progress(games) {
  const escalations = (/** @type {number[]} */ moves) => moves.filter((move) => move === ESCALATES).length;
  const half = (/** @type {any} */ g) => (about.treatment.length ? `${say(`class.half.${g.treated}`)}: ` : "");
  const side = (/** @type {any} */ { moves, machine, waits }, /** @type {number} */ place) => {
    const label = say("class.escalations", { count: escalations(moves), all: moves.length });
    const signs = el("span", { class: "signs", role: "img", "aria-label": label }, moves.map((/** @type {number} */ move) => SIGNS[move]).join(""));
    return el("div", {}, `${about.governments[place].capital}${machine ? ` (${say("class.by_machine")})` : ""} `, signs, waits ? " …" : "");
  };
  const rows = games.map((g, k) => {
    const bar = el("progress", { max: 1, value: (g.day - about.start + 1) / (about.end - about.start + 1), "aria-label": nameOf(k) });
    return el("li", { class: "pair" }, el("strong", {}, nameOf(k)), ` ${half(g)}`, bar, g.over ? ` ${say("class.over")}` : "", ...g.sides.map(side));
  });
  const shares = halves(games).map((list) => {
    const moves = list.flatMap((g) => g.sides.flatMap((/** @type {any} */ one) => one.moves));
    return `${half(list[0])}${say("class.share", { share: percent(escalations(moves) / Math.max(1, moves.length)) })} `;
  });
  return el("section", {}, el("h2", {}, say("class.games")), el("p", { class: "note" }, say("class.signs")), el("p", {}, ...shares), el("ul", { class: "pairs" }, ...rows));
}

/** Costs by half, calibration, three pairs. @param {any[]} games */
function results(games) {
  const accounts = about.game ? ["game"] : ["economy", "politics"], sides = [0, 1];
  const heads = sides.flatMap((k) => accounts.map((account) => `${about.governments[k].capital}: ${say(`account.${account}`)}`));
  const costs = (/** @type {any} */ g) => sides.flatMap((k) => g.result.costs[k].slice(0, accounts.length));
  const byHalf = halves(games).map((list) =>
    [say(`class.half.${list[0].treated}`), String(list.length), ...heads.map((_, k) => figureOf(mean(list.map((g) => costs(g)[k]))))]);
  const joint = (/** @type {any} */ g) => g.result.costs[0][0] + g.result.costs[1][0];
  const sorted = [...games].sort((a, b) => joint(a) - joint(b)), last = games.length - 1;
  const three = [...new Set([0, Math.floor(last / 2), last])].map((place) => sorted[place]);
  const rows = three.map((g) => [gameLink(about, g, 0, nameOf(games.indexOf(g))), ...costs(g).map((x) => figureOf(x))]);
  return el("section", {},
    tableOf(say("class.by_half"), ["", say("class.games"), ...heads], byHalf),
    calibration("class.calibration", games.flatMap((g) => g.result.guesses.flat())),
    tableOf(say("class.three"), ["", ...heads], rows));
}
