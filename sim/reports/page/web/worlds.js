// @ts-check
// Worlds of a scenario under the reader's settings, and what is read from them.
import { dealText } from "./board.js";
import { loadRules, measureNumbers, numberAt, placeWorld, play } from "./engine.js";

export const ME = 0, PARTNER = 1, ESCALATES = 0, WEEK = 7, THOUSAND = 1000;
const EDGES = [0.1, 0.25, 0.5, 0.75, 0.9], PARTS = 1000; // draws by which the chance of a move is counted

/** Of some values those that 10, 25, 50, 75 and 90 per cent are at most. @param {number[]} values */
export function quantiles(values) {
  const sorted = Float64Array.from(values).sort();
  return EDGES.map((edge) => sorted[Math.round(edge * (sorted.length - 1))]);
}

export const bytesOf = (text) => Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));

export const worldOf = async (data, rules) => placeWorld(await loadRules(rules), data.layout, bytesOf(data.world));

/** Forced moves, those of the page, without the answer to its first question unless it stays, and some more, in the rules' order.
 *  @param {number[][]} more @param {boolean} [stays] */
export function forcesWith(data, more, stays = false) {
  return [...data.forces.filter((/** @type {number[]} */ f) => stays || !answers(data, f)), ...more].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

/** Whether a forced move answers the page's first question. @param {any} data @param {number[]} force */
const answers = (data, [day, government, partner]) => day === data.opening && government === ME && partner === PARTNER;

/** Let a world begin with the reader's numbers. */
export function useNumbers(world, data, settings) {
  for (const number of data.numbers) {
    if (number.places.length) numberAt(world, number.places, settings.numbers[number.path] ?? number.value);
  }
}

/** A world, with the reader's move or without it. @param {Reading} reading @param {Partial<Wish> & {without?: boolean}} [more] */
export function live({ world, data, settings }, more = {}) {
  const told = data.forces.filter((/** @type {number[]} */ f) => answers(data, f) && f[3] === settings.move);
  const mine = settings.move === null || more.without ? [] : told.length ? told : [[data.opening, ME, PARTNER, settings.move, 0, -1]];
  return play(world, { players: settings.players, speakers: data.speakers, seed: BigInt(settings.seed), run: more.run ?? settings.run, end: more.end,
    forces: forcesWith(data, mine), asked: more.asked });
}

/** Whether the partner escalates within a week after the first question. */
export function struckBack(data, life) {
  const day = data.opening;
  return life.moves.some((m) => m.government === PARTNER && m.partner === ME && m.move === ESCALATES && m.day > day && m.day <= day + WEEK);
}

/** What is drawn of a world: its path, and whether the partner strikes back. @param {Reading} reading @param {number} run */
export function drawnOf(reading, run) {
  const life = live(reading, { run });
  return { values: pathOf(reading, life), yes: struckBack(reading.data, life) };
}

/** The path of a world, a number a day: how many of the partner's measures against the reader's government are in force, its
 *  average tariff [per cent], or in a game, how often it has escalated. @param {Reading} reading @returns {number[]} */
export function pathOf({ data, world, watch }, life) {
  const n = data.layout.governments.length, { start } = data.layout;
  if (watch === "tariff") return Array.from({ length: life.days }, (_, day) => 100 * life.evenings[day * n * n + PARTNER * n + ME]);
  const steps = new Array(life.days).fill(0);
  if (watch === "moves") {
    for (const m of life.moves) if (m.government === PARTNER && m.move === ESCALATES) steps[m.day - start] += 1;
  } else {
    const against = data.measures.map((m) => m.issuer === PARTNER && m.target === ME), force = data.constants.statuses.indexOf("in_force");
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

/** What a world cost each government, by account. @returns {number[][]} */
export function costsOf(data, life) {
  const { accounts, governments } = data.layout;
  return governments.map((/** @type {string} */ _, /** @type {number} */ g) => data.constants.accounts.map((/** @type {string} */ _, /** @type {number} */ account) =>
    paidBy(data, life, g).reduce((sum, cost, k) => sum + (accounts[k] === account ? cost : 0), 0)));
}

/** The life of every measure in a world, in the scenario's order. @returns {Measure[]} */
export function livesOfMeasures(app, life) {
  const { data, world } = app, { statuses } = data.constants, start = data.layout.start, end = start + life.days - 1;
  const first = measureNumbers(world, "status");
  return data.measures.map((measure, k) => {
    const times = [{ from: start, to: end + 1, status: statuses[first[k]] }];
    for (const change of life.changes) {
      if (change.measure !== k) continue;
      times[times.length - 1].to = change.day;
      times.push({ from: change.day, to: end + 1, status: statuses[change.status] });
    }
    const between = [measure.issuer, measure.target].every((g) => g === ME || g === PARTNER);
    return { title: measure.title, between, changes: times.length > 1, times: times.filter((t) => t.to > t.from) };
  });
}

/** What a government saw and weighed at one decision of a world, and the chances of its moves over all luck of the choice, counted
 *  at evenly spaced draws; null if it was told its move. */
export function weighed(app, decision) {
  const { data, settings } = app, day = decision.day - data.layout.start;
  let answer = /** @type {any} */ (null);
  const ask = (question) => {
    const move = question.machine();
    if (question.view.day === day && question.government === decision.government && question.partner === decision.partner) {
      answer = { view: question.view, acts: question.acts(), chances: [0, 0, 0] };
      for (let k = 0; k < PARTS; k++) answer.chances[question.machine((k + 0.5) / PARTS)] += 1 / PARTS;
    }
    return move;
  };
  live(app, { end: decision.day, asked: settings.players.map(() => ask) });
  return answer;
}

/** The deals of the world that was just played, with the measures that were conceded, or are still to be. @returns {string[]} */
export function dealsOf({ data, world }, life) {
  const due = measureNumbers({ ...world, first: world.now }, "due_on"), { endings, moves, moveOfAct } = data.constants;
  return life.offers.filter((o) => endings[o.ending] === "accepted").map((o) => {
    const given = (a) => a.day === o.due_on && moves[moveOfAct[a.act]] === "relax" && [o.proposer, o.responder].includes(a.government);
    const kept = data.measures.filter((_, k) => due[k] === o.due_on || life.acts.some((a) => a.measure === k && given(a)));
    return dealText(data, o, kept.map((m) => m.title));
  });
}

/** The first day on which two worlds differ in a decision, and whose. */
export function parting(one, other) {
  const same = (a, b) => a && b && a.day === b.day && a.government === b.government && a.move === b.move && a.act === b.act && a.measure === b.measure;
  return one.moves.find((m, k) => !same(m, other.moves[k])) ?? other.moves[one.moves.length] ?? null;
}

/** What comes of each number below a count, in slices of a few milliseconds, so that the page goes on; null if it is no more wanted.
 *  @template T @param {number} count @param {(k: number) => T} each @param {() => boolean} wanted @param {(so: T[]) => void} [shown] @param {number} [slice] */
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
