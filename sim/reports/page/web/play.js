// @ts-check
// Play: a person sits where a strategy sits. After each click the world is played anew from its first day, with the same luck.
import { el, tableOf } from "./dom.js";
import { dateOf, figureOf, percent, plainNumber, say } from "./words.js";
import { play } from "./engine.js";
import { ME, PARTNER, costsOf } from "./worlds.js";
import { codeOf, gameOf } from "./code.js";

const PERSON = 31, HOLDS = 1, LUCKS = 100, PLENTY = 1e5;

/** @typedef {{seat: number, opponent: number, seed: number, said: number[], predictions: {share: number, from: number, happened: boolean | null}[], asking: boolean}} Match */

/** A world in which people say moves in turn, as far as they have said them. @param {any} app @param {Match} match @param {number[]} said
 *  @param {{seed?: number, end?: number, then?: number}} [more]  `then`: what is said when nothing is left */
function replay(app, match, said, { seed = match.seed, end, then = -1 } = {}) {
  const { data, world, settings } = app;
  let place = 0;
  /** @type {any} */
  let asked = null;
  /** @type {any[]} */
  const clicks = [];
  const ask = (/** @type {any} */ question) => {
    if (place < said.length || then >= 0) {
      clicks.push(question);
      return place < said.length ? said[place++] : then;
    }
    asked ??= question;
    return -1;
  };
  const two = match.opponent === PERSON, strategy = data.strategies[match.opponent];
  const players = settings.players.map((/** @type {any} */ player, /** @type {number} */ k) =>
    (k === ME || k === PARTNER) && k !== match.seat && !two ? { name: strategy.name, numbers: strategy.numbers } : player);
  const asks = players.map((/** @type {any} */ _, /** @type {number} */ k) => (k === match.seat || (two && (k === ME || k === PARTNER)) ? ask : null));
  const life = play(world, { players, seed: BigInt(seed), record: true, end, asked: asks });
  return { life, asked, clicks };
}

/** @param {any} app */
export function playPanel(app) {
  const box = el("div", { class: "play" });
  const draw = () => box.replaceChildren(app.match ? board(app, again) : doorway(app, again));
  const again = (/** @type {string} */ next) => {
    draw();
    box.querySelector(next)?.focus();
  };
  draw();
  return box;
}

/** Where a game begins: which side, against whom, or a game given by its code. @param {any} app @param {(next: string) => void} again */
function doorway(app, again) {
  const { data } = app;
  const side = el("select", {}, ...[ME, PARTNER].map((k) => el("option", { value: k }, data.governments[k].capital)));
  const other = el("select", {}, ...data.strategies.map((/** @type {any} */ s, /** @type {number} */ k) => el("option", { value: k }, s.name.replaceAll("_", " "))),
    el("option", { value: PERSON }, say("play.person")));
  side.value = String(data.seat ?? ME);
  other.value = String(data.strategies.findIndex((/** @type {any} */ s) => s.name === data.players[ME + PARTNER - Number(side.value)].name));
  const begin = () => {
    app.match = { seat: Number(side.value), opponent: Number(other.value), seed: Math.floor(Math.random() * 2 ** 20), said: [], predictions: [], asking: false };
    again("h3");
  };
  const field = el("input", { type: "text", autocomplete: "off", "aria-label": say("play.code") });
  const told = el("p", { role: "alert" });
  const load = () => {
    const game = gameOf(field.value, data.version);
    if (typeof game === "string" || (game.opponent !== PERSON && game.opponent >= data.strategies.length)) {
      told.textContent = say(typeof game === "string" ? game : "code.broken");
      return;
    }
    app.match = { ...game, predictions: [], asking: false };
    again("h3");
  };
  return el("div", {}, el("p", {}, say("play.sentence")), el("label", {}, `${say("play.side")} `, side), el("label", {}, ` ${say("play.other")} `, other),
    el("p", {}, el("button", { type: "button", onclick: begin }, say("play.begin"))),
    el("label", {}, `${say("play.code")} `, field), el("button", { type: "button", class: "plain", onclick: load }, say("play.load")), told);
}

/** The decision at hand, a prediction, or the end. @param {any} app @param {(next: string) => void} again */
function board(app, again) {
  const { data, match } = app, { life, asked } = replay(app, match, match.said);
  score(match, life);
  if (!asked) return debrief(app, again, life);
  const seat = asked.government, other = asked.partner, day = data.layout.start + asked.view.day;
  const names = { me: data.governments[seat].capital, them: data.governments[other].capital, day: dateOf(day) };
  if (match.asking) return prediction(app, again, names, day);
  const before = day > data.layout.start ? replay(app, match, match.said, { end: day - 1 }).life : null;
  const v = asked.view, since = match.said.length ? lastAsked(app, match) : data.layout.start - 1;
  const news = life.moves.filter((/** @type {any} */ m) => m.government === other && m.partner === seat && m.day >= since && m.move !== HOLDS);
  const facts = [
    [say("play.in_force"), v.my_in_force, v.their_in_force],
    [say("play.suspended"), v.my_suspended, v.their_suspended],
    [say("play.sunset"), ...[v.days_to_my_sunset, v.days_to_their_sunset].map((d) => (d < 0 ? "-" : say("play.days", { count: d })))],
    [say("play.pressure"), figureOf(v.my_pressure), figureOf(v.their_pressure)],
  ];
  const speak = (/** @type {number} */ move) => () => {
    match.said.push(move);
    match.asking = match.opponent !== PERSON;
    again("h3");
  };
  const can = [v.can_escalate, 1, v.can_relax];
  return el("div", {}, el("h3", { tabindex: -1 }, say("play.turn", names)),
    el("p", {}, say(`reason.${data.constants.reasons[v.reason]}`), " ", say("play.count", { count: match.said.length + 1 })),
    news.length ? el("ul", {}, ...news.map((/** @type {any} */ m) => el("li", {}, told(app, life, m)))) : el("p", {}, say("play.quiet", names)),
    el("div", { class: "moves", role: "group", "aria-label": say("play.turn", names) }, ...data.constants.moves.map((/** @type {string} */ move, /** @type {number} */ k) =>
      el("button", { type: "button", class: `move ${move}`, disabled: !can[k], onclick: speak(k) }, say(`move.${move}`)))),
    data.scenario.game ? null : tableOf(say("play.where"), ["", names.me, names.them], facts),
    before && el("p", {}, say("play.so_far", { costs: accounts(app, costsOf(data, before)[seat]) })),
    before && !data.scenario.game && tableOf(say("play.terms"), [say("play.term"), say("cost")], termsOf(app, before, seat)),
    v.stock_months < PLENTY && el("p", {}, say("play.stock", { months: figureOf(v.stock_months) })), leave(app, again));
}

/** The day of the last click. @param {any} app @param {Match} match */
function lastAsked(app, match) {
  const { clicks } = replay(app, match, match.said);
  return app.data.layout.start + (clicks.at(-1)?.view.day ?? 0);
}

/** @param {any} app @param {any} life @param {any} move */
function told(app, life, move) {
  const { data } = app, acts = life.acts.filter((/** @type {any} */ a) => a.day === move.day && a.government === move.government && a.partner === move.partner);
  const text = acts.map((/** @type {any} */ a) => `${say(`act.${data.constants.acts[a.act]}`)}: ${data.measures[a.measure].title}`).join("; ");
  return `${dateOf(move.day, "medium")}: ${say("why.line", { who: data.governments[move.government].capital, whom: data.governments[move.partner].capital, move: say(`does.${data.constants.moves[move.move]}`) })}${text && ` (${text})`}`;
}

/** What a world has cost a government, term by term, each with its account. @param {any} app @param {any} life @param {number} seat @returns {string[][]} */
function termsOf(app, life, seat) {
  const { costs, accounts: places } = app.data.layout, named = app.data.constants.accounts;
  return costs.map((/** @type {string} */ term, /** @type {number} */ k) => [`${say(`term.${term}`)} (${say(`account.${named[places[k]]}`)})`, life.costs[seat * costs.length + k]])
    .filter((/** @type {any[]} */ [, cost]) => Math.abs(cost) >= 0.05).map((/** @type {any[]} */ [label, cost]) => [label, figureOf(cost)]);
}

/** Costs by account as a text; differences with their signs. @param {any} app @param {number[]} costs */
function accounts(app, costs, differ = false) {
  const { data } = app, text = (/** @type {number} */ cost) => (differ && cost >= 0 ? "+" : "") + figureOf(cost);
  return data.scenario.game ? `${say("account.game")} ${text(costs[0])}`
    : costs.map((cost, a) => `${say(`account.${data.constants.accounts[a]}`)} ${text(cost)}`).join(", ");
}

/** What will they do? Asked before it is seen. @param {any} app @param {(next: string) => void} again @param {Record<string, string>} names @param {number} day */
function prediction(app, again, names, day) {
  const { match } = app;
  const answer = (/** @type {number | null} */ share) => () => {
    if (share !== null) match.predictions.push({ share, from: match.said.length, happened: null });
    match.asking = false;
    again("h3");
  };
  const dots = Array.from({ length: 11 }, (_, k) => el("button", { type: "button", class: "dot", "aria-label": percent(k / 10), onclick: answer(k / 10) }, 10 * k));
  return el("div", {}, el("h3", { tabindex: -1 }, say("play.predict", names)), el("div", { class: "dots", role: "group", "aria-label": say("play.predict", names) }, ...dots),
    el("p", {}, el("button", { type: "button", class: "plain", onclick: answer(null) }, say("play.skip"))));
}

/** See which predictions came true: whether the other side escalated between two clicks. @param {Match} match @param {any} life */
function score(match, life) {
  const own = life.moves.filter((/** @type {any} */ m) => m.government === match.seat && m.reason !== 3);
  for (const p of match.predictions) {
    const from = own[p.from - 1]?.day, to = own[p.from]?.day ?? Infinity;
    p.happened = life.moves.some((/** @type {any} */ m) => m.government !== match.seat && m.partner === match.seat && m.move === 0 && m.day >= from && m.day < to);
  }
}

/** @param {any} app @param {(next: string) => void} again */
function leave(app, again) {
  const { match, data } = app;
  const back = () => {
    app.match = null;
    again("button");
  };
  return el("p", { class: "note" }, `${say("play.code")}: `, el("code", {}, codeOf(match, data.version)), " ", el("button", { type: "button", class: "plain", onclick: back }, say("play.leave")));
}

/** After the game: what it cost, each own click and what else it would have brought, other luck, predictions. @param {any} app
 *  @param {(next: string) => void} again @param {any} life */
function debrief(app, again, life) {
  const { data, match } = app, { clicks } = replay(app, match, match.said), seat = match.seat;
  /** @type {Match["predictions"]} */
  const p = match.predictions;
  const costs = costsOf(data, life), total = data.scenario.game ? 1 : data.constants.accounts.length;
  const results = data.governments.map((/** @type {any} */ g, /** @type {number} */ k) => [g.capital, ...costs[k].slice(0, total).map((/** @type {number} */ x) => figureOf(x))]);
  const heads = data.scenario.game ? [say("account.game")] : data.constants.accounts.map((/** @type {string} */ a) => say(`account.${a}`));
  const rows = match.said.map((/** @type {number} */ move, /** @type {number} */ k) => ({ move, k, click: clicks[k] })).filter((/** @type {any} */ row) => row.click);
  const list = el("ol", {}, ...rows.map((/** @type {any} */ { move, k, click }) => {
    const output = el("span", { role: "status" });
    const others = [0, 1, 2].filter((m) => m !== move && [click.view.can_escalate, 1, click.view.can_relax][m]);
    const look = () => {
      output.textContent = others.map((m) => {
        const said = [...match.said.slice(0, k), m, ...match.said.slice(k + 1)];
        const there = costsOf(data, replay(app, match, said, { then: HOLDS }).life)[click.government];
        return say("play.instead", { move: say(`move.${data.constants.moves[m]}`), costs: accounts(app, there.map((x, a) => x - costs[click.government][a]), true) });
      }).join(" ");
    };
    const v = click.view, worth = data.constants.moves.map((/** @type {string} */ name) => figureOf(v[`now_${name}`] + v[`later_${name}`]));
    return el("li", {}, `${dateOf(data.layout.start + v.day, "medium")}: ${say(`move.${data.constants.moves[move]}`)}. `,
      say("play.worth", { escalate: worth[0], hold: worth[1], relax: worth[2] }), " ",
      el("button", { type: "button", class: "plain", onclick: look }, say("play.if_not")), " ", output);
  }));
  const theirs = life.moves.filter((/** @type {any} */ m) => m.government !== seat && m.move !== HOLDS);
  const luck = el("p", { role: "status" });
  const roll = () => {
    const there = Array.from({ length: LUCKS }, (_, k) => costsOf(data, replay(app, match, match.said, { seed: match.seed + 1 + k, then: HOLDS }).life)[seat][0]).sort((a, b) => a - b);
    luck.textContent = say("play.lucks", { low: figureOf(there[9]), middle: figureOf(there[49]), high: figureOf(there[89]), own: figureOf(costs[seat][0]), unit: heads[0] });
  };
  const brier = p.reduce((sum, x) => sum + (x.share - Number(x.happened)) ** 2, 0) / Math.max(1, p.length);
  const groups = [[0, 0.3], [0.3, 0.7], [0.7, 1.01]].map(([low, high]) => p.filter((x) => x.share >= low && x.share < high)).filter((g) => g.length);
  const calibration = groups.map((g) => [percent(g.reduce((s, x) => s + x.share, 0) / g.length), plainNumber(g.length), percent(g.filter((x) => x.happened).length / g.length)]);
  return el("div", {}, el("h3", { tabindex: -1 }, say("play.end")), tableOf(say("pair.costs"), ["", ...heads], results),
    el("p", {}, say("play.clicks")), list, el("details", { class: "small" }, el("summary", {}, say("play.theirs")), el("ul", {}, ...theirs.map((/** @type {any} */ m) => el("li", {}, told(app, life, m))))), el("button", { type: "button", onclick: roll }, say("play.other_lucks")), luck,
    p.length ? tableOf(say("play.calibration", { count: p.length, brier: figureOf(brier, 2) }), [say("play.said"), say("play.times"), say("play.happened")], calibration) : null,
    el("p", {}, say("play.trace")), leave(app, again));
}
