// @ts-check
// What a person sees who plays, on a page as in a class: the decision at hand, a prediction, and how good predictions were.
import { button, el, tableOf } from "./dom.js";
import { dateOf, figureOf, percent, plainNumber, say } from "./words.js";

const MOVES = ["escalate", "hold", "relax"], PLENTY = 1e5; // months of a stock that never ends

/** An act and its measure. @param {any} data @param {{act: number, measure: number}} act */
export const actText = (data, { act, measure }) => `${say(`act.${data.constants.acts[act]}`)}: ${data.measures[measure].title}`;

/** Whether a decision leaves undone what a deal made due. @param {any} data @param {{move: number, reason?: number}} decision */
export const refuses = (data, { move, reason = -1 }) => MOVES[move] === "hold" && data.constants.reasons[reason] === "deal";

/** A decision of somebody in a line. @param {Decision} decision */
export function decisionText(data, decision) {
  const { day, acts } = decision, [who, whom] = [decision.government, decision.partner].map((place) => data.governments[place].capital);
  const text = say("why.line", { who, whom, move: say(`does.${refuses(data, decision) ? "refuse" : MOVES[decision.move]}`) });
  return `${dateOf(day, "medium")}: ${text}${acts.length ? ` (${acts.map((act) => actText(data, act)).join("; ")})` : ""}`;
}

/** A deal in a line. @param {any} data @param {any} offer @param {string[]} measures  Those that are conceded, or still to be. */
export function dealText(data, { day, due_on, proposer, responder, gives, gets }, measures) {
  const [one, other] = [proposer, responder].map((place) => data.governments[place].capital), what = measures.join("; ") || say("act.none");
  return say("deal.line", { day: dateOf(day, "medium"), due: dateOf(due_on, "medium"), one, other, gives, gets, what });
}

/** The accounts in which costs are told. @param {any} data @param {boolean} game @returns {string[]} */
export const accountHeads = (data, game) => (game ? ["game"] : data.constants.accounts).map((/** @type {string} */ name) => say(`account.${name}`));

/** What a game cost each government. @param {string[]} names @param {number[][]} costs @param {string[]} heads  Their accounts. */
export const costTable = (names, costs, heads) =>
  tableOf(say("play.costs"), ["", ...heads], names.map((name, k) => [name, ...heads.map((_, account) => figureOf(costs[k][account]))]));

/** The mean. @param {number[]} values */
export const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** How a game stands, below its heading, with the decision at hand. @param {any} data @param {Turn} turn @param {Speak} speak */
export function turnBoard(data, turn, speak) {
  const { names, news, view, paid, sum } = turn, { costs, accounts } = data.layout;
  const account = (k) => say(`account.${data.constants.accounts[accounts[k]]}`);
  const terms = Array.from(paid, (cost, k) => [`${say(`term.${costs[k]}`)} (${account(k)})`, Math.abs(cost) < 0.05 ? "" : figureOf(cost)]).filter(([, text]) => text);
  const since = news.length ? el("ul", {}, ...news.map((text) => el("li", {}, text))) : el("p", {}, say("play.quiet", names));
  return [
    ...(view ? decision(data, turn, since, speak) : [since]),
    sum && el("p", {}, say("play.so_far", { costs: sum })),
    terms.length > 0 && tableOf(say("play.terms"), [say("play.term"), say("cost")], terms),
    view?.stock_months < PLENTY && el("p", {}, say("play.stock", { months: figureOf(view.stock_months) })),
  ];
}

/** @param {any} data @param {Turn} turn @param {Element} since @param {Speak} speak */
function decision(data, { names, game, count, view, acts = [] }, since, speak) {
  const { moves, moveOfAct, reasons } = data.constants, boxes = acts.map((act) => el("input", { type: "checkbox", checked: act.weighed === 1 }));
  const choose = (/** @type {number} */ move) => () => {
    const own = acts.flatMap((act, k) => (moveOfAct[act.act] === move ? [{ ...act, ticked: boxes[k].checked }] : []));
    const differ = own.some((act) => act.ticked !== (act.weighed === 1));
    speak(move, differ ? own.filter((act) => act.ticked).map((act) => [act.act, act.measure]) : []);
  };
  const buttons = moves.map((/** @type {string} */ move, k) =>
    button(`move.${game ? "game." : ""}${move}`, choose(k), { class: `move ${move}`, disabled: ![view.can_escalate, 1, view.can_relax][k] }));
  const open = reasons[view.reason] === "deal" ? [0] : [0, 2]; // acts of a deal are carried out together
  const lists = open.filter((move) => acts.some((act) => moveOfAct[act.act] === move)).map((move) => el("fieldset", {},
    el("legend", {}, say(`move.${moves[move]}`)), ...acts.map((act, k) => moveOfAct[act.act] === move && el("label", {}, boxes[k], ` ${actText(data, act)}`))));
  const days = [view.days_to_my_sunset, view.days_to_their_sunset].map((d) => (d < 0 ? "-" : say("play.days", { count: d })));
  const facts = [[say("play.in_force"), view.my_in_force, view.their_in_force], [say("play.suspended"), view.my_suspended, view.their_suspended],
    [say("play.sunset"), ...days], [say("play.pressure"), figureOf(view.my_pressure), figureOf(view.their_pressure)]];
  return [
    el("p", {}, game ? null : `${say(`reason.${reasons[view.reason]}`)} `, say("play.count", { count })),
    since,
    el("div", { class: "moves", role: "group", "aria-label": say("play.turn", names) }, ...buttons),
    lists.length > 0 && el("details", { class: "small" }, el("summary", {}, say("play.which")), el("p", {}, say("play.preset")), ...lists),
    !game && tableOf(say("play.where"), ["", names.me, names.them], facts),
  ];
}

/** What will they do? Three shares that add to 100 %; moving one takes from the two others in proportion.
 *  @param {Names} names @param {number[]} [first] @param {(shares: number[] | null) => void} [go] */
export function prediction(names, first = [33, 34, 33], go = () => {}) {
  const shares = [...first], labels = MOVES.map((move) => say(`predict.${move}`, names)), outputs = MOVES.map(() => el("output", {}));
  const inputs = MOVES.map((_, k) => el("input", { type: "range", min: 0, max: 100, step: 1, "aria-label": labels[k], oninput: () => move(k) }));
  const show = () => shares.forEach((share, k) => {
    inputs[k].value = share;
    outputs[k].textContent = percent(share / 100);
  });
  const move = (k) => {
    const [a, b] = [0, 1, 2].filter((other) => other !== k), rest = 100 - Number(inputs[k].value), sum = shares[a] + shares[b];
    shares[k] = 100 - rest;
    shares[a] = Math.round(sum ? (rest * shares[a]) / sum : rest / 2);
    shares[b] = rest - shares[a];
    show();
  };
  show();
  return [
    ...inputs.map((input, k) => el("div", { class: "slider" }, el("div", {}, `${labels[k]}: `, outputs[k]), input)),
    el("p", { class: "counts" }, button("play.said_so", () => go(shares)), button("play.skip", () => go(null), { class: "plain" })),
  ];
}

/** How good predictions were: like shares together, and how often they came true. @param {string} title  A key of the words. @param {Guess[]} guesses */
export function calibration(title, guesses) {
  const points = guesses.flatMap(({ shares, outcome }) => shares.map((share, k) => ({ share: share / 100, happened: Number(outcome === k) })));
  const groups = [[0, 0.3], [0.3, 0.7], [0.7, 1.01]].map(([low, high]) => points.filter((x) => x.share >= low && x.share < high)).filter((g) => g.length);
  const rows = groups.map((g) => [percent(mean(g.map((x) => x.share))), plainNumber(g.length), percent(mean(g.map((x) => x.happened)))]);
  const brier = figureOf(3 * mean(points.map((x) => (x.share - x.happened) ** 2)), 2);
  return guesses.length > 0 && tableOf(say(title, { count: guesses.length, brier }), [say("play.said"), say("play.times"), say("play.happened")], rows);
}
