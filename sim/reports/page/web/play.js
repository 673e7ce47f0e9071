// @ts-check
// Play: a person sits where a strategy sits. After each click the world is played anew from its first day, with the same luck.
import { button, choiceOf, complaintOf, el, tableOf } from "./dom.js";
import { dateOf, figureOf, plainNumber, say, signed } from "./words.js";
import { accountHeads, calibration, costTable, decisionText, prediction, refuses, turnBoard } from "./board.js";
import { play } from "./engine.js";
import { dealsOf } from "./readings.js";
import { ESCALATES, ME, PARTNER, costsOf, forcesWith, inSlices, paidBy, quantiles, useNumbers } from "./worlds.js";
import { codeOf, gameOf } from "./code.js";

const PERSON = 31, HOLDS = 1, LUCKS = 100;
const HIDDEN = /\.(stake|renewal_belief)$/; // ends of the paths of numbers that are shown after the game

/** @typedef {{seat: number, opponent: number, seed: number, said: number[], chosen: Record<number, number[][]>, settings: any, asking: boolean,
 *   predictions: {shares: number[], from: number}[]}} Match  Of a prediction the shares of the three moves [%]. */

/** The version that a code is of: that of the page, and what its reader has set. @param {any} data @param {any} settings */
function versionOf(data, { numbers, players }) {
  const others = players.slice(2).filter((/** @type {any} */ p, /** @type {number} */ k) => p.name !== data.players[k + 2].name).map((/** @type {any} */ p) => p.name);
  return data.version + (others.length || Object.keys(numbers).length ? JSON.stringify([Object.entries(numbers).sort(), others]) : "");
}

/** A world in which people say moves in turn, as far as they have said them. Where they chose acts too these are forced, once it
 *  is known on which day: the world is then played again. `then` is what they say when nothing is left.
 *  @param {any} app @param {Match} match @param {number[]} said @param {{seed?: number, end?: number, then?: number, chosen?: Match["chosen"]}} [more] */
function replay(app, match, said, { seed = match.seed, end, then = -1, chosen = match.chosen } = {}) {
  const { data, world } = app, two = match.opponent === PERSON, strategy = data.strategies[match.opponent];
  const person = (/** @type {number} */ k) => k === match.seat || (two && (k === ME || k === PARTNER));
  const players = match.settings.players.map((/** @type {any} */ player, /** @type {number} */ k) =>
    (k !== ME && k !== PARTNER) || person(k) ? player : data.players[k].name === strategy.name ? data.players[k] : strategy);
  const forces = /** @type {number[][]} */ ([]), clicks = /** @type {any[]} */ ([]), views = new Map();
  useNumbers(world, data, match.settings);
  for (;;) {
    let place = 0, again = false, asked = /** @type {any} */ (null);
    const ask = (/** @type {any} */ question) => {
      const { government, partner, view } = question, day = data.layout.start + view.day;
      views.set(`${day} ${government} ${partner}`, view);
      if (!person(government)) return question.machine();
      while (clicks[place]?.told) place++;
      const last = place >= said.length, acts = (!last && chosen[place]) || [];
      clicks[place] = { ...question, day, told: acts.length > 0 };
      if (last && then < 0) asked = { ...question, day, rows: question.acts() };
      forces.push(...acts.flatMap(([act, measure]) => allOf(data, act, measure).map((m) => [day, government, partner, said[place], act, m])));
      again = clicks[place].told;
      return again || asked ? -1 : last ? then : said[place++];
    };
    const own = forcesWith(data, forces, !person(ME));
    const life = play(world, { players, speakers: data.speakers, seed: BigInt(seed), end, forces: own, asked: players.map(() => ask) });
    if (!again) {
      useNumbers(world, data, app.settings);
      return { life, asked, clicks, views };
    }
  }
}

/** The measures that an act takes in: an extension all of its issuer's, for those that do not end soon stay as they are.
 *  @param {any} data @param {number} act @param {number} measure @returns {number[]} */
function allOf(data, act, measure) {
  const { issuer, target } = data.measures[measure];
  if (data.constants.acts[act] !== "extend") return [measure];
  return data.measures.flatMap((/** @type {any} */ m, /** @type {number} */ k) => (m.issuer === issuer && m.target === target ? [k] : []));
}

/** @param {any} app */
export function playPanel(app) {
  const box = el("div", { class: "play" });
  const again = (/** @type {string} */ next) => {
    box.replaceChildren(app.match ? board(app, again) : doorway(app, again));
    if (next) box.querySelector(next)?.focus();
  };
  const { game } = app.settings, complaint = game && !app.match && resume(app, game); // a link may hold a game
  again("");
  if (complaint) box.prepend(complaintOf(say(complaint)));
  return box;
}

/** Open the game of a code; what is wrong with it, if something is. @param {any} app @param {string} code */
function resume(app, code) {
  const game = gameOf(code, versionOf(app.data, app.settings));
  if (typeof game === "string") return game;
  if (game.opponent !== PERSON && game.opponent >= app.data.strategies.length) return "code.broken";
  app.match = { ...game, settings: structuredClone(app.settings), asking: false, predictions: [] };
  return "";
}

/** Where a game begins: which side, against whom, or a game given by its code. @param {any} app @param {(next: string) => void} again */
function doorway(app, again) {
  const { data } = app;
  const seat = data.seat ?? ME, model = data.strategies.findIndex((/** @type {any} */ s) => s.name === data.players[ME + PARTNER - seat].name);
  const names = data.strategies.map((/** @type {any} */ s, /** @type {number} */ k) =>
    [k, say(data.players[1].name === s.name ? "play.model" : "play.strategy", { name: s.name.replaceAll("_", " ") })]);
  const side = choiceOf([ME, PARTNER].map((k) => [k, data.governments[k].capital]), seat);
  const other = choiceOf([...names, [PERSON, say("play.person")]], model);
  const fresh = () => ({ seat: Number(side.value), opponent: Number(other.value), seed: Math.floor(Math.random() * 2 ** 20), said: [], chosen: {} });
  const field = el("input", { type: "text", autocomplete: "off", "aria-label": say("play.code") });
  const told = el("p", { role: "alert" });
  const load = (/** @type {string} */ code) => {
    const complaint = resume(app, code);
    if (complaint) told.textContent = say(complaint);
    else again("h3");
  };
  return el("div", {}, el("p", {}, say("play.sentence"), data.speakers.length > 0 && ` ${say("play.talks")}`), el("label", {}, `${say("play.side")} `, side), el("label", {}, ` ${say("play.other")} `, other),
    el("p", {}, button("play.begin", () => load(codeOf(fresh(), versionOf(data, app.settings))))),
    el("label", {}, `${say("play.code")} `, field), button("play.load", () => load(field.value), { class: "plain" }), told);
}

/** The decision at hand, a prediction, or the end. @param {any} app @param {(next: string) => void} again */
function board(app, again) {
  const { data, match } = app, { game } = data.scenario;
  const { life, asked, clicks, views } = replay(app, match, match.said);
  const since = match.said.length && asked ? clicks[match.said.length - 1].day : 0, deals = dealsOf(app, life, since);
  if (!asked) return debrief(app, again, life, clicks, views, deals);
  const { day, view, government: seat, partner: other } = asked;
  const names = { me: data.governments[seat].capital, them: data.governments[other].capital, day: dateOf(day) };
  const heading = (/** @type {string} */ key) => el("h3", { tabindex: -1 }, say(key, names));
  if (match.asking) {
    const go = (/** @type {number[] | null} */ shares) => {
      if (shares) match.predictions.push({ shares, from: match.said.length });
      match.asking = false;
      again("h3");
    };
    return el("div", {}, heading("play.predict"), ...prediction(names, match.predictions.at(-1)?.shares, go));
  }
  const before = day > data.layout.start ? replay(app, match, match.said, { end: day - 1 }).life : null;
  const theirs = life.moves.filter((/** @type {any} */ m) => m.government === other && m.partner === seat && m.day >= since && (m.move !== HOLDS || refuses(data, m)));
  const news = [...theirs.map((/** @type {any} */ m) => ({ day: m.day, text: told(app, life, m) })), ...deals].sort((a, b) => a.day - b.day);
  const turn = {
    ...{ names, game, view, count: match.said.length + 1, acts: asked.rows },
    news: news.map((item) => item.text),
    paid: before && !game ? paidBy(data, before, seat) : [],
    sum: before ? costText(data, costsOf(data, before)[seat]) : "",
  };
  const speak = (/** @type {number} */ move, /** @type {number[][]} */ chosen) => {
    if (chosen.length) match.chosen[match.said.length] = chosen;
    match.said.push(move);
    match.asking = match.opponent !== PERSON;
    again("h3");
  };
  return el("div", {}, heading("play.turn"), ...turnBoard(data, turn, speak), leave(app, again));
}

/** @param {any} app @param {any} life @param {any} move */
function told({ data }, life, move) {
  const own = (/** @type {any} */ a) => a.day === move.day && a.government === move.government && a.partner === move.partner;
  return decisionText(data, { ...move, acts: life.acts.filter(own) });
}

/** Costs by account as a text. @param {any} data @param {number[]} costs @param {(cost: number) => string} [text] */
const costText = (data, costs, text = figureOf) => accountHeads(data, data.scenario.game).map((head, a) => `${head} ${text(costs[a])}`).join(", ");

/** What came between two clicks of a side: the other escalated, else relaxed, else held. @param {any} life @param {number} seat @param {any[]} clicks @param {number} place */
function outcome(life, seat, clicks, place) {
  const from = clicks[place - 1].day, to = clicks[place]?.day ?? Infinity, other = ME + PARTNER - seat;
  const seen = life.moves.filter((/** @type {any} */ m) => m.government === other && m.partner === seat && m.day >= from && m.day < to).map((/** @type {any} */ m) => m.move);
  return [ESCALATES, 2].find((move) => seen.includes(move)) ?? HOLDS;
}

/** @param {any} app @param {(next: string) => void} again */
function leave(app, again) {
  const { match, data } = app;
  const back = () => {
    app.match = null;
    app.settings.game = "";
    again("button");
  };
  return el("p", { class: "note" }, `${say("play.code")}: `, el("code", {}, codeOf(match, versionOf(data, match.settings))), " ", button("play.leave", back, { class: "plain" }));
}

/** After the game: what it cost, each own click and what else it would have brought, both traces, other luck, predictions.
 *  @param {any} app @param {(next: string) => void} again @param {any} life @param {any[]} clicks @param {Map<string, any>} views @param {any[]} deals */
function debrief(app, again, life, clicks, views, deals) {
  const { data, match } = app, { moves } = data.constants, { seat, predictions } = match;
  const costs = costsOf(data, life), heads = accountHeads(data, data.scenario.game);
  const results = costTable(data.governments.map((/** @type {any} */ g) => g.capital), costs, heads);
  const list = el("ol", {}, ...match.said.slice(0, clicks.length).map((/** @type {number} */ move, /** @type {number} */ k) => {
    const { day, government, partner, view } = clicks[k], output = el("span", { role: "status" });
    const others = [0, 1, 2].filter((m) => (m !== move || match.chosen[k]) && [view.can_escalate, 1, view.can_relax][m]);
    const look = () => {
      output.textContent = others.map((m) => {
        const said = [...match.said.slice(0, k), m, ...match.said.slice(k + 1)], chosen = { ...match.chosen, [k]: [] };
        const there = costsOf(data, replay(app, match, said, { then: HOLDS, chosen }).life)[government];
        return say(m === move ? "play.proposed" : "play.instead", { move: say(`move.${moves[m]}`), costs: costText(data, there.map((x, a) => x - costs[government][a]), signed) });
      }).join(" ");
    };
    return el("li", {}, told(app, life, life.moves.find((/** @type {any} */ m) => m.day === day && m.government === government && m.partner === partner)), " ",
      button("play.if_not", look, { class: "plain" }), " ", output);
  }));
  const traces = life.moves.map((/** @type {any} */ m) => {
    const v = views.get(`${m.day} ${m.government} ${m.partner}`);
    return [told(app, life, m), ...moves.map((/** @type {string} */ name) => (v ? figureOf(v[`now_${name}`] + v[`later_${name}`]) : ""))];
  });
  const hidden = data.numbers.filter((/** @type {any} */ n) => HIDDEN.test(n.path)).map((/** @type {any} */ n) => [`${n.path}: ${n.meaning}`, `${plainNumber(match.settings.numbers[n.path] ?? n.value)} ${n.unit}`]);
  const luck = el("p", { role: "status" });
  const roll = async () => {
    luck.textContent = say("counting");
    const other = (/** @type {number} */ k) => costsOf(data, replay(app, match, match.said, { seed: match.seed + 1 + k, then: HOLDS }).life)[seat];
    const there = await inSlices(LUCKS, other, () => app.match === match);
    if (there) luck.textContent = heads.map((unit, a) => {
      const [low, , middle, , high] = quantiles(there.map((row) => row[a])).map((x) => figureOf(x));
      return say("play.lucks", { low, middle, high, own: figureOf(costs[seat][a]), unit });
    }).join(" ");
  };
  const guesses = predictions.map((/** @type {any} */ p) => ({ shares: p.shares, outcome: outcome(life, seat, clicks, p.from) }));
  return el("div", {}, el("h3", { tabindex: -1 }, say("play.end")), results, ...deals.map((deal) => el("p", {}, deal.text)), el("p", {}, say("play.clicks")), list,
    el("details", { class: "small" }, el("summary", {}, say("play.traces")), hidden.length > 0 && tableOf(say("play.hidden"), [say("play.number"), say("play.value")], hidden),
      tableOf(say("play.worth"), [say("move"), ...moves.map((/** @type {string} */ m) => say(`move.${m}`))], traces)),
    button("play.other_lucks", roll), luck, calibration("play.calibration", guesses),
    el("p", {}, say("play.trace")), leave(app, again));
}
