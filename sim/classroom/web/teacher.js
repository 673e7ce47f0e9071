// @ts-check
// The teacher's screen: who is there, how far the games are, the clock, and after the reveal what came of them.
import { el, tableOf } from "../../reports/page/web/dom.js";
import { figureOf, percent, say } from "../../reports/page/web/words.js";
import { codeOf } from "../../reports/page/web/code.js";
import { button, connect, draw, prepare } from "./line.js";

const about = await prepare(), SIGNS = { escalate: "▲", hold: "■", relax: "▼" }, PERSON = 31, DEBRIEF = 20, PLAY = 0.4; // minutes; share of the lesson
/** What may be ordered in each phase. @type {Record<string, string[]>} */
const ORDERS = { join: ["pairs", "end"], play: ["pause", "reveal"], pause: ["play", "reveal"], reveal: ["again", "after", "end"], after: ["end"], end: [] };
/** What a pair is called: never by its names. @param {number} k */
const nameOf = (k) => String.fromCharCode(65 + (k % 26)) + (k >= 26 ? Math.floor(k / 26) : "");
/** The halves of the class. @param {any[]} games @returns {any[][]} */
const halves = (games) => [0, 1].map((half) => games.filter((g) => g.treated === half)).filter((list) => list.length);
/** @param {number[]} values */
const mean = (values) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
const clock = el("p", { class: "clock", role: "timer" });
/** @type {any} */
let screen = null;
about.header.after(clock);
const tell = connect(about, "/teacher/line", { do: "teach", token: location.hash.slice(1) }, show);

/** Minutes in some phases so far. @param {string[]} wanted */
function minutes(wanted) {
  const ends = [...screen.phases.slice(1).map((/** @type {any[]} */ p) => p[0]), Date.now() / 1000];
  return screen.phases.reduce((/** @type {number} */ sum, /** @type {any[]} */ [t, phase], /** @type {number} */ k) => sum + (wanted.includes(phase) ? ends[k] - t : 0), 0) / 60;
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
  const { phase, code, seats, games } = (screen = next), ready = seats.filter((/** @type {any} */ s) => s.ready).length;
  const missing = seats.some((/** @type {any} */ s) => s.here && !s.ready), joining = phase === "join";
  const buttons = ORDERS[phase].map((what) => button(`class.order.${what}`, () => (what !== "end" || confirm(say("class.sure_end"))) && tell({ do: what }), { disabled: what === "pairs" && (!ready || missing) }));
  const shown = seats.map((/** @type {any} */ s) => el("li", { class: `seat ${s.here ? "here" : "gone"}` }, el("span", { "aria-hidden": "true" }, s.ready ? "● " : s.here ? "○ " : "· "), s.name, s.here ? "" : ` (${say("class.gone")})`));
  draw(about.root, say(`class.phase.${phase}`), [el("p", { class: joining ? "join" : "later" }, el("strong", { class: "code" }, code), " ", el("span", {}, `${about.address}#${code}`)), el("div", { class: "counts" }, ...buttons),
    joining && el("p", { role: "status" }, say("class.count", { ready, all: seats.length })), games.length > 0 && games[0].result && results(games), games.length > 0 && progress(games),
    el("h2", {}, say("class.seats", { count: seats.length })), el("ul", { class: "seats" }, ...shown)]);
}

/** Games as rows of signs. @param {any[]} games */
function progress(games) {
  const half = (/** @type {any} */ g) => (about.treatment.length ? `${say(`class.half.${g.treated}`)}: ` : "");
  const side = (/** @type {any} */ g, /** @type {number} */ place) => {
    const moves = g.moves.filter((/** @type {any[]} */ m) => m[0] === place).map((/** @type {any[]} */ m) => m[1]), count = moves.filter((/** @type {string} */ m) => m === "escalate").length;
    return el("div", {}, `${about.capitals[place]}${g.machine[place] ? ` (${say("class.by_machine")})` : ""} `, el("span", { class: "signs", role: "img", "aria-label": say("class.escalations", { count, all: moves.length }) },
      moves.map((/** @type {keyof typeof SIGNS} */ m) => SIGNS[m]).join("")), g.waits[place] ? " …" : "");
  };
  const rows = games.map((g, k) => el("li", { class: "pair" }, el("strong", {}, say("class.pair", { name: nameOf(k) })), ` ${half(g)}`,
    el("progress", { max: 1, value: (g.day - about.start + 1) / (about.end - about.start + 1), "aria-label": say("class.pair", { name: nameOf(k) }) }), g.over ? ` ${say("class.over")}` : "", side(g, 0), side(g, 1)));
  const shares = halves(games).map((list) => `${half(list[0])}${say("class.share", { share: percent(mean(list.flatMap((g) => g.moves.map((/** @type {any[]} */ m) => Number(m[1] === "escalate"))))) })} `);
  return el("section", {}, el("h2", {}, say("class.games")), el("p", { class: "note" }, say("class.signs")), el("p", {}, ...shares), el("ul", { class: "pairs" }, ...rows));
}

/** Costs by half, the class's calibration, three pairs. @param {any[]} games */
function results(games) {
  const accounts = about.game ? ["game"] : ["economy", "politics"], heads = [0, 1].flatMap((k) => accounts.map((a) => `${about.capitals[k]}: ${say(`account.${a}`)}`));
  const costs = (/** @type {any} */ g) => [0, 1].flatMap((k) => g.result.costs[k].slice(0, accounts.length)), joint = (/** @type {any} */ g) => g.result.costs[0][0] + g.result.costs[1][0];
  const rows = halves(games).map((list) => [say(`class.half.${list[0].treated}`), String(list.length), ...heads.map((_, k) => figureOf(mean(list.map((g) => costs(g)[k]))))]);
  const guesses = games.flatMap((g) => g.result.guesses.flat()).filter((x) => x[2] !== null), brier = figureOf(mean(guesses.map(([, share, yes]) => (share - Number(yes)) ** 2)), 2);
  const bins = [0, 0.25, 0.5, 0.75].map((low) => guesses.filter(([, share]) => share >= low && (share < low + 0.25 || low === 0.75))).filter((list) => list.length);
  const sorted = games.map((g, k) => ({ g, k })).sort((a, b) => joint(a.g) - joint(b.g)), three = [...new Set([0, Math.floor((sorted.length - 1) / 2), sorted.length - 1])];
  return el("section", {}, tableOf(say("class.by_half"), ["", say("class.games"), ...heads], rows),
    guesses.length > 0 && tableOf(say("class.calibration", { brier }), [say("class.they_said"), say("play.times"), say("play.happened")],
      bins.map((list) => [percent(mean(list.map((x) => x[1]))), String(list.length), percent(mean(list.map((x) => Number(x[2]))))])),
    tableOf(say("class.three"), [say("class.pair", { name: "" }), ...heads, say("play.code")], three.map((place) => sorted[place]).map(({ g, k }) => [nameOf(k), ...costs(g).map((x) => figureOf(x)),
      codeOf({ seat: 0, opponent: PERSON, seed: g.result.seed, said: g.result.said, chosen: {} }, about.versions[g.treated])])));
}
