// @ts-check
// Worlds of a scenario under the reader's settings, and what is read from them.
import { loadRules, measureNumbers, numberAt, placeWorld, play } from "./engine.js";

export const ME = 0, PARTNER = 1, ESCALATES = 0, WEEK = 7, THOUSAND = 1000;
const EDGES = [0.1, 0.25, 0.5, 0.75, 0.9];

/** Of some values those that 10, 25, 50, 75 and 90 per cent are at most. @param {number[]} values */
export function quantiles(values) {
  const sorted = Float64Array.from(values).sort();
  return EDGES.map((edge) => sorted[Math.round(edge * (sorted.length - 1))]);
}

/** @param {string} text */
export function bytesOf(text) {
  return Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
}

/** @param {any} data @param {Uint8Array} rules */
export async function worldOf(data, rules) {
  return placeWorld(await loadRules(/** @type {any} */ (rules)), data.layout, bytesOf(data.world));
}

/** Forced moves, those of the page, without the answer to its first question unless it stays, and some more, in the rules' order.
 *  @param {any} data @param {number[][]} more @param {boolean} [stays] */
export function forcesWith(data, more, stays = false) {
  return [...data.forces.filter((/** @type {number[]} */ f) => stays || !answers(data, f)), ...more].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

/** Whether a forced move answers the page's first question. @param {any} data @param {number[]} force */
function answers(data, [day, government, partner]) {
  return day === data.opening && government === ME && partner === PARTNER;
}

/** Let a world begin with the reader's numbers. @param {any} world @param {any} data @param {any} settings */
export function useNumbers(world, data, settings) {
  for (const number of data.numbers) {
    if (number.places.length) numberAt(world, number.places, settings.numbers[number.path] ?? number.value);
  }
}

/** @typedef {{data: any, world: any, settings: any, watch: string}} Reading  The app, or as much of it as the worker has. */

/** A world, with the reader's move or without it. @param {Reading} reading
 *  @param {{run?: number, end?: number, without?: boolean, asked?: any[]}} [more] */
export function live({ world, data, settings }, more = {}) {
  const told = data.forces.filter((/** @type {number[]} */ f) => answers(data, f) && f[3] === settings.move);
  const mine = settings.move === null || more.without ? [] : told.length ? told : [[data.opening, ME, PARTNER, settings.move, 0, -1]];
  return play(world, { players: settings.players, speakers: data.speakers, seed: BigInt(settings.seed), run: more.run ?? settings.run, end: more.end,
    forces: forcesWith(data, mine), asked: more.asked });
}

/** Whether the partner escalates within a week after the first question. @param {any} data @param {any} life */
export function struckBack(data, life) {
  const day = data.opening;
  return life.moves.some((/** @type {any} */ m) => m.government === PARTNER && m.partner === ME && m.move === ESCALATES && m.day > day && m.day <= day + WEEK);
}

/** What is drawn of a world: its path, and whether the partner strikes back. @param {Reading} reading @param {number} run */
export function drawnOf(reading, run) {
  const life = live(reading, { run });
  return { values: pathOf(reading, life), yes: struckBack(reading.data, life) };
}

/** The path of a world, a number a day: how many of the partner's measures against the reader's government are in force, its
 *  average tariff [per cent], or in a game, how often it has escalated. @param {Reading} reading @param {any} life @returns {number[]} */
export function pathOf({ data, world, watch }, life) {
  const n = data.layout.governments.length, { start } = data.layout;
  if (watch === "tariff") return Array.from({ length: life.days }, (_, day) => 100 * life.evenings[day * n * n + PARTNER * n + ME]);
  const steps = new Array(life.days).fill(0);
  if (watch === "moves") {
    for (const m of life.moves) if (m.government === PARTNER && m.move === ESCALATES) steps[m.day - start] += 1;
  } else {
    const against = data.measures.map((/** @type {any} */ m) => m.issuer === PARTNER && m.target === ME), force = data.constants.statuses.indexOf("in_force");
    const before = measureNumbers(world, "status");
    before.forEach((status, k) => (steps[0] += against[k] && status === force ? 1 : 0));
    for (const c of life.changes) {
      if (against[c.measure]) steps[c.day - start] += Number(c.status === force) - Number(before[c.measure] === force);
      before[c.measure] = c.status;
    }
  }
  let total = 0;
  return steps.map((step) => (total += step));
}

/** What a world cost a government, by term. @param {any} data @param {any} life @param {number} government @returns {number[]} */
export const paidBy = ({ layout: { costs } }, life, government) => [...life.costs.slice(government * costs.length, (government + 1) * costs.length)];

/** What a world cost each government, by account. @param {any} data @param {any} life @returns {number[][]} */
export function costsOf(data, life) {
  const { accounts, governments } = data.layout;
  return governments.map((/** @type {string} */ _, /** @type {number} */ g) => data.constants.accounts.map((/** @type {string} */ _, /** @type {number} */ account) =>
    paidBy(data, life, g).reduce((sum, cost, k) => sum + (accounts[k] === account ? cost : 0), 0)));
}

/** What comes of each number below a count, in slices of a few milliseconds, so that the page goes on; null if it is no more wanted.
 *  @template T @param {number} count @param {(k: number) => T} each @param {() => boolean} wanted @param {(so: T[]) => void} [shown]
 *  @param {number} [slice] */
export async function inSlices(count, each, wanted, shown = () => {}, slice = 8) {
  const so = /** @type {T[]} */ ([]);
  while (so.length < count) {
    if (!wanted()) return null;
    const until = performance.now() + slice;
    while (so.length < count && performance.now() < until) so.push(each(so.length));
    shown(so);
    await new Promise((next) => setTimeout(next, 0));
  }
  return wanted() ? so : null;
}

/** Quantiles of many paths, day by day. @param {number[][]} paths @returns {number[][]} */
export function bandsOf(paths) {
  const days = paths[0].map((_, day) => quantiles(paths.map((path) => path[day])));
  return EDGES.map((_, k) => days.map((values) => values[k]));
}

/** The worker: a thousand worlds beside the page, which ends it when it wants others. */
export function workAside() {
  onmessage = async ({ data: { rules, ...order } }) => {
    const world = await worldOf(order.data, rules), reading = { ...order, world };
    useNumbers(world, order.data, order.settings);
    const lives = Array.from({ length: THOUSAND }, (_, run) => {
      if (run % 25 === 0) postMessage({ part: run / THOUSAND });
      return drawnOf(reading, run);
    });
    postMessage({ yes: lives.filter((life) => life.yes).length, bands: bandsOf(lives.map((life) => life.values)) });
  };
}
