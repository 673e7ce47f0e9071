// @ts-check
// Play: a person sits where a strategy sits. After each click the world is played anew from its first day, with the same luck.
import { button, choiceOf, complaintOf, el, tableOf } from "./dom.js";
import { dateOf, figureOf, plainNumber, say, signed } from "./words.js";
import { accountHeads, calibration, costTable, decisionText, prediction, refuses, turnBoard } from "./board.js";
import { play } from "./engine.js";
import { offerOf, offerTable, offerText, offersOf, tableBoard } from "./talks.js";
import { ESCALATES, ME, PARTNER, costsOf, forcesWith, inSlices, paidBy, quantiles, useNumbers } from "./worlds.js";
import { codeOf, gameOf } from "./code.js";

const PERSON = 31, HOLDS = 1, LUCKS = 100;
const HIDDEN = /\.(stake|renewal_belief)$/; // ends of the paths of numbers that are shown after the game

/** The version that a code is of: that of the page, and what its reader has set. */
function versionOf(data, { numbers, players }) {
  const others = players.slice(2).filter((p, k) => p.name !== data.players[k + 2].name).map((p) => p.name);
  return data.version + (others.length || Object.keys(numbers).length ? JSON.stringify([Object.entries(numbers).sort(), others]) : "");
}

/** A world in which people say moves and, in talks, bids in turn, as far as they have said them. Where they chose acts too these are
 *  forced, once it is known on which day: the world is then played again. `then` is the move that they say when nothing is left; their
 *  bids are then those of `spoken`, by where they were made, and their negotiator's where nothing was. @param {any} app @param {Match} match @param {Replay} [more] */
function replay(app, match, { said = match.said, seed = match.seed, end, then = -1, chosen = match.chosen, words = match.words, spoken } = {}) {
  const { data, world } = app, two = match.opponent === PERSON, strategy = data.strategies[match.opponent];
  const person = (k) => k === match.seat || (two && (k === ME || k === PARTNER));
  const players = match.settings.players.map((player, k) =>
    (k !== ME && k !== PARTNER) || person(k) ? player : data.players[k].name === strategy.name ? data.players[k] : strategy);
  const forces = /** @type {number[][]} */ ([]), clicks = /** @type {any[]} */ ([]), views = new Map();
  useNumbers(world, data, match.settings);
  for (;;) {
    let place = 0, again = false, asked = /** @type {any} */ (null);
    const talks = /** @type {any[]} */ ([]);
    const ask = (question) => {
      const { government, partner, view } = question, day = data.layout.start + view.day;
      views.set(`${day} ${government} ${partner}`, view);
      if (!person(government)) return question.machine();
      while (clicks[place]?.told) place++;
      const last = place >= said.length, acts = (!last && chosen[place]) || [];
      clicks[place] = { ...question, day, told: acts.length > 0 };
      if (last && then < 0) asked = { ...question, day, rows: question.acts(), meets: question.meets() };
      forces.push(...acts.flatMap(([act, measure]) => allOf(data, act, measure).map((m) => [day, government, partner, said[place], act, m])));
      again = clicks[place].told;
      return again || asked ? -1 : last ? then : said[place++];
    };
    const talk = (question) => {
      const [clauses, bids] = question.lay(), { government, view } = question, [{ day, government: issuer, partner: target }] = clauses;
      const seat = { view, government, partner: issuer + target - government, day, clauses, bids, proposing: view.proposing === 1 };
      const place = [day, government, seat.partner, view.proposing].join(" "), time = talks.filter((t) => t.place === place).length, key = `${place} ${time}`;
      const bid = spoken ? spoken.get(key) ?? null : words.slice(0, talks.length + 1).includes(data.layout.bids.delegate) ? null : words[talks.length];
      if (bid === undefined) asked = seat;
      else talks.push({ ...seat, place, time, key, bid });
      return asked ? NaN : bid === null ? question.machine() : question.bid(bid);
    };
    const own = forcesWith(data, forces, !person(ME));
    const speakers = data.speakers.map((_, k) => (k < players.length && person(k) ? talk : null));
    const life = play(world, { players, speakers: data.speakers, seed: BigInt(seed), end, forces: own, asked: [...players.map(() => ask), ...speakers] });
    if (!again) {
      useNumbers(world, data, app.settings);
      return { life, asked, clicks, views, talks: talks.map((seat) => ({ ...seat, offer: offerOf(life, seat) })) };
    }
  }
}

/** The measures that an act takes in: an extension all of its issuer's, for those that do not end soon stay as they are.
 *  @param {number} act @param {number} measure @returns {number[]} */
function allOf(data, act, measure) {
  const { issuer, target } = data.measures[measure];
  if (data.constants.acts[act] !== "extend") return [measure];
  return data.measures.flatMap((m, k) => (m.issuer === issuer && m.target === target ? [k] : []));
}

export function playPanel(app) {
  const box = el("div", { class: "play" });
  const again = (/** @type {string} */ next, /** @type {Partial<Match>} */ more = {}) => {
    Object.assign(app.match ?? {}, more);
    box.replaceChildren(app.match ? board(app, again) : doorway(app, again));
    if (next) box.querySelector(next)?.focus();
  };
  const { game } = app.settings, complaint = game && !app.match && resume(app, game); // a link may hold a game
  again("");
  if (complaint) box.prepend(complaintOf(say(complaint)));
  return box;
}

/** Open the game of a code; what is wrong with it, if something is. @param {string} code */
function resume(app, code) {
  const game = gameOf(code, versionOf(app.data, app.settings));
  if (typeof game === "string") return game;
  if (game.opponent !== PERSON && game.opponent >= app.data.strategies.length) return "code.broken";
  app.match = { ...game, settings: structuredClone(app.settings), asking: false, predictions: [] };
  return "";
}

/** Where a game begins: which side, against whom, or a game given by its code. @param {Again} again */
function doorway(app, again) {
  const { data } = app;
  const seat = data.seat ?? ME, model = data.strategies.findIndex((s) => s.name === data.players[ME + PARTNER - seat].name);
  const names = data.strategies.map((s, k) =>
    [k, say(data.players[1].name === s.name ? "play.model" : "play.strategy", { name: s.name.replaceAll("_", " ") })]);
  const side = choiceOf([ME, PARTNER].map((k) => [k, data.governments[k].capital]), seat);
  const other = choiceOf([...names, [PERSON, say("play.person")]], model);
  const fresh = () => ({ seat: Number(side.value), opponent: Number(other.value), seed: Math.floor(Math.random() * 2 ** 20), said: [], chosen: {}, words: [] });
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

/** The decision at hand, a prediction, or the end. @param {Again} again */
function board(app, again) {
  const { data, match } = app, { game } = data.scenario;
  const played = replay(app, match), { life, asked, clicks, talks } = played;
  const since = match.said.length && asked ? clicks[match.said.length - 1].day : 0, offers = offersOf(data, life, talks, match.seat, asked);
  if (!asked) return debrief(app, again, { ...played, offers });
  const { day, view, government: seat, partner: other } = asked;
  const names = { me: data.governments[seat].capital, them: data.governments[other].capital, day: dateOf(day) };
  const heading = (/** @type {string} */ key) => el("h3", { tabindex: -1 }, say(key, names));
  if (match.asking && !asked.clauses) {
    const guess = (/** @type {number[] | null} */ shares) => again("h3", {
      asking: false, predictions: [...match.predictions, ...(shares ? [{ shares, from: match.said.length }] : [])] });
    return el("div", {}, heading("play.predict"), ...prediction(names, match.predictions.at(-1)?.shares, guess));
  }
  const theirs = life.moves.filter((/** @type {any} */ m) => m.government === other && m.partner === seat && m.day >= since && (m.move !== HOLDS || refuses(data, m)));
  const news = [...theirs.map((m) => ({ day: m.day, text: told(app, life, m) })), ...offers.filter((o) => o.day >= since)].sort((a, b) => a.day - b.day);
  if (asked.clauses) {
    const bid = (/** @type {number} */ word) => again("h3", { words: [...match.words, word] });
    const offer = asked.proposing ? null : replay(app, match, { words: [...match.words, data.layout.bids.accept] }).talks[talks.length].offer;
    return el("div", { class: "talk" }, heading(asked.proposing ? "talk.offer" : "talk.answer"),
      ...tableBoard(data, names, { ...asked, offer }, news.map((item) => item.text), bid), leave(app, again));
  }
  const before = day > data.layout.start ? replay(app, match, { end: day - 1 }).life : null;
  const paid = before && !game ? paidBy(data, before, seat) : [], sum = before ? costText(data, costsOf(data, before)[seat]) : "";
  const turn = { names, game, view, count: match.said.length + 1, acts: asked.rows, news: news.map((item) => item.text), paid, sum };
  const speak = (/** @type {number} */ move, /** @type {number[][]} */ acts) => again("h3", {
    said: [...match.said, move], chosen: acts.length ? { ...match.chosen, [match.said.length]: acts } : match.chosen, asking: match.opponent !== PERSON });
  const today = data.speakers.length > 0 && asked.meets === day && el("p", {}, say("talk.today", names));
  return el("div", {}, heading("play.turn"), today, ...turnBoard(data, turn, speak), leave(app, again));
}

function told({ data }, life, move) {
  const own = (a) => a.day === move.day && a.government === move.government && a.partner === move.partner;
  return decisionText(data, { ...move, acts: life.acts.filter(own) });
}

/** Costs by account as a text. @param {number[]} costs @param {(cost: number) => string} [text] */
const costText = (data, costs, text = figureOf) => accountHeads(data, data.scenario.game).map((head, a) => `${head} ${text(costs[a])}`).join(", ");

/** What came between two clicks of a side: the other escalated, else relaxed, else held. @param {number} seat @param {any[]} clicks @param {number} place */
function outcome(life, seat, clicks, place) {
  const from = clicks[place - 1].day, to = clicks[place]?.day ?? Infinity, other = ME + PARTNER - seat;
  const seen = life.moves.filter((m) => m.government === other && m.partner === seat && m.day >= from && m.day < to).map((m) => m.move);
  return [ESCALATES, 2].find((move) => seen.includes(move)) ?? HOLDS;
}

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
 *  @param {any} app @param {Again} again @param {any} played  As `replay` gives it, with its offers. */
function debrief(app, again, { life, clicks, views, talks, offers }) {
  const { data, match } = app, { moves } = data.constants, { seat, said, chosen, predictions } = match, { accept, refuse } = data.layout.bids;
  const costs = costsOf(data, life), heads = accountHeads(data, data.scenario.game);
  const results = costTable(data.governments.map((g) => g.capital), costs, heads);
  const spoken = new Map(talks.map((t) => [t.key, t.bid]));
  const moved = clicks.slice(0, said.length).map(({ day, government, partner, view }, k) => ({
    ...{ day, government, text: told(app, life, life.moves.find((m) => m.day === day && m.government === government && m.partner === partner)) },
    others: [0, 1, 2].filter((m) => (m !== said[k] || chosen[k]) && [view.can_escalate, 1, view.can_relax][m]).map((m) => [
      m === said[k] ? "play.proposed" : "play.instead", say(`move.${moves[m]}`), { said: said.map((/** @type {number} */ x, j) => (j === k ? m : x)), chosen: { ...chosen, [k]: [] } }]),
  }));
  const talked = talks.map(({ day, government, proposing, clauses, key, bid, offer }) => ({
    ...{ day, government, text: offerText(data, offer, clauses) },
    others: [[accept, !proposing && "talk.accept"], [refuse, proposing ? "talk.nothing" : "talk.refuse"], [null, "talk.machine"]].filter(([other, word]) => word && other !== bid)
      .map(([other, word]) => ["play.instead", say(word), { spoken: new Map([...spoken, [key, other]]) }]),
  }));
  const list = el("ol", {}, ...[...moved, ...talked].sort((a, b) => a.day - b.day).map(({ government, text, others }) => {
    const output = el("span", { role: "status" });
    const look = () => {
      output.textContent = others.map(([key, move, more]) => {
        const there = costsOf(data, replay(app, match, { then: HOLDS, spoken, ...more }).life)[government];
        return say(key, { move, costs: costText(data, there.map((x, a) => x - costs[government][a]), signed) });
      }).join(" ");
    };
    return el("li", {}, text, " ", button("play.if_not", look, { class: "plain" }), " ", output);
  }));
  const traces = life.moves.map((m) => {
    const v = views.get(`${m.day} ${m.government} ${m.partner}`);
    return [told(app, life, m), ...moves.map((/** @type {string} */ name) => (v ? figureOf(v[`now_${name}`] + v[`later_${name}`]) : ""))];
  });
  const hidden = data.numbers.filter((n) => HIDDEN.test(n.path)).map((n) => [`${n.path}: ${n.meaning}`, `${plainNumber(match.settings.numbers[n.path] ?? n.value)} ${n.unit}`]);
  const luck = el("p", { role: "status" });
  const roll = async () => {
    luck.textContent = say("counting");
    const other = (k) => costsOf(data, replay(app, match, { seed: match.seed + 1 + k, then: HOLDS, spoken }).life)[seat];
    const there = await inSlices(LUCKS, other, () => app.match === match);
    if (there) luck.textContent = heads.map((unit, a) => {
      const [low, , middle, , high] = quantiles(there.map((row) => row[a])).map((x) => figureOf(x));
      return say("play.lucks", { low, middle, high, own: figureOf(costs[seat][a]), unit });
    }).join(" ");
  };
  const guesses = predictions.map((p) => ({ shares: p.shares, outcome: outcome(life, seat, clicks, p.from) }));
  return el("div", {}, el("h3", { tabindex: -1 }, say("play.end")), results, el("p", {}, say("play.clicks")), list,
    el("details", { class: "small" }, el("summary", {}, say("play.traces")), hidden.length > 0 && tableOf(say("play.hidden"), [say("play.number"), say("play.value")], hidden),
      tableOf(say("play.worth"), [say("move"), ...moves.map((/** @type {string} */ m) => say(`move.${m}`))], traces), offerTable(offers)),
    button("play.other_lucks", roll), luck, calibration("play.calibration", guesses),
    el("p", {}, say("play.trace")), leave(app, again));
}
