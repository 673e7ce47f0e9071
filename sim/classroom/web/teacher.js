// @ts-check
// The teacher's screen: who is there, how far the games are, the clock, and after the reveal what came of them.
import { el, tableOf } from "../../reports/page/web/dom.js";
import { figureOf, percent, say } from "../../reports/page/web/words.js";
import { codeOf } from "../../reports/page/web/code.js";
import { button, connect, draw, heading, prepare } from "./line.js";

const about = await prepare(), SIGNS = { escalate: "▲", hold: "■", relax: "▼" }, PERSON = 31;
const AFTERWARDS = ["reveal", "after", "end"], DEBRIEF = 20, PLAY = 0.4; // minutes; share of the lesson
const clock = el("p", { class: "clock", role: "timer" });
/** @type {any} */
let screen = null;
about.header.after(clock);
const tell = connect(about, "/teacher/line", { do: "teach", token: location.hash.slice(1) }, (next) => {
  screen = next;
  show();
});

/** Minutes in some phases so far. @param {string[]} wanted */
function minutes(wanted) {
  const ends = [...screen.phases.slice(1).map((/** @type {any[]} */ p) => p[0]), Date.now() / 1000];
  return screen.phases.reduce((/** @type {number} */ sum, /** @type {any[]} */ [t, phase], /** @type {number} */ k) => sum + (wanted.includes(phase) ? ends[k] - t : 0), 0) / 60;
}

setInterval(() => {
  if (!screen) return;
  const all = minutes(["join", "play", "pause", "reveal", "after", "end"]), played = minutes(["play", "pause"]), talked = minutes(["reveal"]);
  const left = about.minutes - all, playing = ["play", "pause"].includes(screen.phase);
  const warning = playing && played > PLAY * about.minutes ? "class.clock.long" : playing && left < DEBRIEF ? "class.clock.debrief"
    : screen.phase === "reveal" && talked < DEBRIEF && left > 0 ? "class.clock.talk" : "";
  clock.textContent = `${say("class.clock", { all: Math.floor(all), of: about.minutes, played: Math.floor(played), talked: Math.floor(talked) })} ${warning && say(warning, { left: Math.max(0, Math.round(left)), more: Math.ceil(DEBRIEF - talked) })}`;
  clock.className = `clock ${warning && warning !== "class.clock.talk" ? "warning" : ""}`;
}, 1000);

function show() {
  const { phase, code, seats, games } = screen, order = (/** @type {string} */ what) => () => tell({ do: what });
  const ready = seats.filter((/** @type {any} */ s) => s.ready).length, missing = seats.filter((/** @type {any} */ s) => s.here && !s.ready).length;
  /** @type {Record<string, string[]>} */
  const orders = { join: ["pairs", "end"], play: ["pause", "reveal"], pause: ["play", "reveal"], reveal: ["again", "after", "end"], after: ["end"], end: [] };
  const buttons = orders[phase].map((what) => button(`class.order.${what}`, () => (what !== "end" || confirm(say("class.sure_end"))) && order(what)(),
    { disabled: what === "pairs" && (!ready || missing > 0) }));
  const shown = seats.map((/** @type {any} */ s) => el("li", { class: `seat ${s.here ? "here" : "gone"} ${s.ready ? "ready" : ""}` },
    el("span", { "aria-hidden": "true" }, s.ready ? "● " : s.here ? "○ " : "· "), s.name, s.here ? "" : ` (${say("class.gone")})`));
  draw(about.root, [heading(say(`class.phase.${phase}`)), el("p", { class: phase === "join" ? "join" : "later" }, el("strong", { class: "code" }, code), " ", el("span", {}, `${about.address}#${code}`)),
    el("div", { class: "counts" }, ...buttons), phase === "join" && el("p", { role: "status" }, say("class.count", { ready, all: seats.length })),
    AFTERWARDS.includes(phase) && games.length > 0 && results(games), games.length > 0 && played(games),
    el("h2", {}, say("class.seats", { count: seats.length })), el("ul", { class: "seats" }, ...shown)]);
}

/** @param {number} k */
function pairName(k) {
  return String.fromCharCode(65 + (k % 26)) + (k >= 26 ? Math.floor(k / 26) : "");
}

/** Games as rows of signs, without names. @param {any[]} games */
function played(games) {
  const rows = games.map((g, k) => {
    const side = (/** @type {number} */ place) => {
      const moves = g.moves.filter((/** @type {any[]} */ m) => m[0] === place).map((/** @type {any[]} */ m) => m[1]);
      return el("div", {}, `${about.capitals[place]}${g.machine[place] ? ` (${say("class.by_machine")})` : ""} `, el("span", { class: "signs", "aria-label": say("class.escalations", { count: moves.filter((/** @type {string} */ m) => m === "escalate").length, all: moves.length }), role: "img" },
        moves.map((/** @type {keyof typeof SIGNS} */ m) => SIGNS[m]).join("")), g.waits[place] ? " …" : "");
    };
    const share = (g.day - about.start + 1) / (about.end - about.start + 1);
    return el("li", { class: "pair" }, el("strong", {}, say("class.pair", { name: pairName(k) })), about.treatment.length ? ` ${say(g.treated ? "class.half.1" : "class.half.0")}` : "", " ",
      el("progress", { max: 1, value: share, "aria-label": percent(share) }), g.over ? ` ${say("class.over")}` : "", side(0), side(1));
  });
  return el("section", {}, el("h2", {}, say("class.games")), el("p", { class: "note" }, say("class.signs")), shares(games), el("ul", { class: "pairs" }, ...rows));
}

/** The halves of the class. @param {any[]} games @returns {any[][]} */
function halves(games) {
  return [0, 1].map((half) => games.filter((g) => g.treated === half)).filter((list) => list.length);
}

/** @param {any[]} games */
function shares(games) {
  return el("p", {}, ...halves(games).map((list) => {
    const moves = list.flatMap((g) => g.moves), share = moves.filter((m) => m[1] === "escalate").length / Math.max(1, moves.length);
    return `${about.treatment.length ? `${say(`class.half.${list[0].treated}`)}: ` : ""}${say("class.share", { share: percent(share) })} `;
  }));
}

/** @param {number[]} values */
function mean(values) {
  return values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
}

/** Costs by half, the class's calibration, three pairs. @param {any[]} games */
function results(games) {
  const accounts = about.game ? ["game"] : ["economy", "politics"], heads = [0, 1].flatMap((k) => accounts.map((a) => `${about.capitals[k]}: ${say(`account.${a}`)}`));
  const costs = (/** @type {any} */ g) => [0, 1].flatMap((k) => g.result.costs[k].slice(0, accounts.length));
  const rows = halves(games).map((list) => [say(`class.half.${list[0].treated}`), String(list.length), ...heads.map((_, k) => figureOf(mean(list.map((g) => costs(g)[k]))))]);
  const guesses = games.flatMap((g) => [...g.result.guesses[0], ...g.result.guesses[1]]).filter((x) => x[2] !== null);
  const bins = [[0, 0.25], [0.25, 0.5], [0.5, 0.75], [0.75, 1.01]].map(([low, high]) => guesses.filter(([, share]) => share >= low && share < high)).filter((list) => list.length);
  const joint = (/** @type {any} */ g) => g.result.costs[0][0] + g.result.costs[1][0];
  const sorted = games.map((g, k) => ({ g, k })).sort((a, b) => joint(a.g) - joint(b.g));
  const three = [...new Set([0, Math.floor((sorted.length - 1) / 2), sorted.length - 1])].map((k) => sorted[k]);
  return el("section", {}, tableOf(say("class.by_half"), ["", say("class.games"), ...heads], rows),
    guesses.length > 0 && tableOf(say("class.calibration", { brier: figureOf(mean(guesses.map(([, share, yes]) => (share - Number(yes)) ** 2)), 2) }), [say("play.said"), say("play.times"), say("play.happened")],
      bins.map((list) => [percent(mean(list.map((x) => x[1]))), String(list.length), percent(mean(list.map((x) => Number(x[2]))))])),
    tableOf(say("class.three"), [say("class.pair", { name: "" }), ...heads, say("play.code")],
      three.map(({ g, k }) => [pairName(k), ...costs(g).map((x) => figureOf(x)), codeOf({ seat: 0, opponent: PERSON, seed: g.result.seed, said: g.result.said, chosen: {} }, about.versions[g.treated])])));
}
