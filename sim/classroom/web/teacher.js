// @ts-check
// The teacher's screen: who is there, how far the games are, the clock, and after the reveal what came of them.
import { button, el, tableOf } from "../../reports/page/web/dom.js";
import { accountHeads, calibration, mean } from "../../reports/page/web/board.js";
import { figureOf, percent, say } from "../../reports/page/web/words.js";
import { connect, draw, gameLink, prepare } from "./line.js";

const about = await prepare(), SIGNS = ["▲", "■", "▼"], ESCALATES = 0, DEBRIEF = 20, PLAY = 0.4; // minutes; share of the lesson
/** What may be ordered in each phase. @type {Record<string, string[]>} */
const ORDERS = { join: ["pairs", "alone", "end"], play: ["pause", "extend", "reveal"], pause: ["play", "extend", "reveal"],
  reveal: ["again", "anew", "after", "end"], after: ["end"], end: [] };
/** The halves of the class. @param {any[]} games @returns {any[][]} */
const halves = (games) => [0, 1].map((half) => games.filter((g) => g.treated === half)).filter((list) => list.length);
const clock = about.header.appendChild(el("p", { class: "clock", role: "timer" }));
connect(about, "/teacher/line", { do: "teach", token: location.hash.slice(1) }, show);

/** Minutes in some phases so far. @param {string[]} wanted */
function minutes(wanted) {
  const { phases } = about.screen, now = [Date.now() / 1000];
  const spent = (/** @type {any[]} */ [t, phase], k) => (wanted.includes(phase) ? (phases[k + 1] ?? now)[0] - t : 0);
  return phases.map(spent).reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b) / 60;
}

setInterval(() => {
  if (!about.screen) return;
  const { phase, more } = about.screen, of = about.minutes + more, all = minutes(Object.keys(ORDERS)), left = of - all;
  const played = minutes(["play", "pause"]), talked = minutes(["reveal"]);
  const late = ["play", "pause"].includes(phase) && (played > PLAY * about.minutes + more ? "class.clock.long" : left < DEBRIEF && "class.clock.debrief");
  const warning = late || (phase === "reveal" && talked < DEBRIEF && left > 0 && "class.clock.talk");
  const counts = say("class.clock", { all: Math.floor(all), of, played: Math.floor(played), talked: Math.floor(talked) });
  clock.textContent = `${counts} ${warning ? say(warning, { left: Math.max(0, Math.round(left)), more: Math.ceil(DEBRIEF - talked) }) : ""}`;
  clock.classList.toggle("warning", Boolean(late));
}, 1000);

/** @param {any} next  What the server says of the class. */
function show(next) {
  const { phase, code, seats, games } = (about.screen = next), joining = phase === "join";
  const ready = seats.filter((s) => s.ready).length, missing = seats.some((s) => s.here && !s.ready);
  const order = (/** @type {string} */ what) => (what !== "end" || confirm(say("class.sure_end"))) && about.tell({ do: what });
  const buttons = ORDERS[phase].map((what) => button(`class.order.${what}`, () => order(what), { disabled: joining ? what !== "end" && (!ready || missing) : what === "again" && !about.treatment.length }));
  draw(about.root, say(`class.phase.${phase}`), [
    el("p", { class: joining ? "join" : "later" }, el("strong", { class: "code" }, code), " ", el("span", {}, `${about.address}#${code}`)),
    joining && el("img", { src: about.picture, alt: say("class.picture") }),
    el("div", { class: "counts" }, ...buttons),
    joining && el("p", { role: "status" }, say("class.count", { ready, all: seats.length })),
    games.length > 0 && games[0].result && results(games),
    games.length > 0 && progress(games),
    el("h2", {}, say("class.seats", { count: seats.length })),
    el("ul", { class: "seats" }, ...seats.map(({ name, here, silent, ready }) =>
      el("li", { class: `seat ${here ? "here" : "gone"} ${ready ? "ready" : ""}` }, name, here && !silent ? "" : ` (${say(here ? "class.by_machine" : "class.gone")})`))),
  ]);
}

/** Games as rows of signs. @param {any[]} games */
function progress(games) {
  const escalations = (/** @type {number[]} */ moves) => moves.filter((move) => move === ESCALATES).length;
  const half = (g) => (about.treatment.length ? `${say(`class.half.${g.treated}`)}: ` : "");
  const side = ({ moves, machine, waits }, /** @type {number} */ place) => {
    const label = say("class.escalations", { count: escalations(moves), all: moves.length });
    const signs = el("span", { class: "signs", role: "img", "aria-label": label }, moves.map((/** @type {number} */ move) => SIGNS[move]).join(""));
    return el("div", {}, `${about.governments[place].capital}${machine ? ` (${say("class.by_machine")})` : ""} `, signs, waits ? " …" : "");
  };
  const rows = games.map((g) => {
    const bar = el("progress", { max: 1, value: (g.day - about.start + 1) / (about.end - about.start + 1), "aria-label": say("class.pair", g) });
    return el("li", { class: "pair" }, el("strong", {}, say("class.pair", g)), ` ${half(g)}`, bar, g.over ? ` ${say("class.over")}` : "", about.talks && el("div", {}, say("class.deals", g.deals)), ...g.sides.map(side));
  });
  const shares = halves(games).map((list) => {
    const moves = list.flatMap((g) => g.sides.flatMap((one) => one.moves));
    return `${half(list[0])}${say("class.share", { share: percent(escalations(moves) / Math.max(1, moves.length)) })} `;
  });
  return el("section", {}, el("h2", {}, say("class.games")), el("p", { class: "note" }, say("class.signs")), el("p", {}, ...shares), el("ul", { class: "pairs" }, ...rows));
}

/** Costs by half, calibration, three pairs. @param {any[]} games */
function results(games) {
  const accounts = accountHeads(about, about.game), sides = [0, 1];
  const heads = sides.flatMap((k) => accounts.map((account) => `${about.governments[k].capital}: ${account}`));
  const costs = (g) => sides.flatMap((k) => g.result.costs[k].slice(0, accounts.length));
  const byHalf = halves(games).map((list) =>
    [say(`class.half.${list[0].treated}`), String(list.length), ...heads.map((_, k) => figureOf(mean(list.map((g) => costs(g)[k]))))]);
  const joint = (g) => g.result.costs[0][0] + g.result.costs[1][0];
  const last = games.length - 1, three = [...games].sort((a, b) => joint(a) - joint(b)).filter((_, k) => [0, Math.floor(last / 2), last].includes(k));
  const rows = three.map((g) => [gameLink(about, g, 0, say("class.pair", g)), ...costs(g).map((x) => figureOf(x))]);
  return el("section", {},
    tableOf(say("class.by_half"), ["", say("class.games"), ...heads], byHalf),
    calibration("class.calibration", games.flatMap((g) => g.result.guesses.flat())),
    tableOf(say("class.three"), ["", ...heads], rows));
}
