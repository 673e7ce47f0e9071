// @ts-check
// What is read from one world: the lives of its measures, its decisions, and why one of them was made.
import { measureNumbers } from "./engine.js";
import { dealText } from "./board.js";
import { ME, PARTNER, live } from "./worlds.js";

const PARTS = 1000; // draws by which the chance of a move is counted

/** The life of every measure in a world, in the scenario's order.
 *  @param {any} app @param {any} life @returns {{title: string, between: boolean, changes: boolean, times: {from: number, to: number, status: string}[]}[]} */
export function livesOfMeasures(app, life) {
  const { data, world } = app, { statuses } = data.constants, start = data.layout.start, end = start + life.days - 1;
  const first = measureNumbers(world, "status");
  return data.measures.map((/** @type {any} */ measure, /** @type {number} */ k) => {
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
 *  at evenly spaced draws; null if it was told its move. @param {any} app @param {any} decision */
export function weighed(app, decision) {
  const { data, settings } = app, day = decision.day - data.layout.start;
  let answer = /** @type {any} */ (null);
  const ask = (/** @type {any} */ question) => {
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

/** The deals of the world that was just played, from a day on, with the measures that were conceded, or are still to be.
 *  @param {any} app @param {any} life @returns {{day: number, text: string}[]} */
export function dealsOf({ data, world }, life, since = 0) {
  const due = measureNumbers({ ...world, first: world.now }, "due_on"), { endings, moves, moveOfAct } = data.constants;
  return life.offers.filter((/** @type {any} */ o) => endings[o.ending] === "accepted" && o.day >= since).map((/** @type {any} */ o) => {
    const given = (/** @type {any} */ a) => a.day === o.due_on && moves[moveOfAct[a.act]] === "relax" && [o.proposer, o.responder].includes(a.government);
    const kept = data.measures.filter((/** @type {any} */ _, /** @type {number} */ k) => due[k] === o.due_on || life.acts.some((/** @type {any} */ a) => a.measure === k && given(a)));
    return { day: o.day, text: dealText(data, o, kept.map((/** @type {any} */ m) => m.title)) };
  });
}

/** The first day on which two worlds differ in a decision, and whose. @param {any} one @param {any} other */
export function parting(one, other) {
  const same = (/** @type {any} */ a, /** @type {any} */ b) => a && b && a.day === b.day && a.government === b.government && a.move === b.move && a.act === b.act && a.measure === b.measure;
  return one.moves.find((/** @type {any} */ m, /** @type {number} */ k) => !same(m, other.moves[k])) ?? other.moves[one.moves.length] ?? null;
}
