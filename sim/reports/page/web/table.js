// @ts-check
// The table of talks: what each side could concede, and the frontier of the packages that both would rather have than none.
import { el, figure, svg, tableOf } from "./dom.js";
import { dateOf, figureOf, percent, say } from "./words.js";
import { frame } from "./picture.js";

const MARKS = { nash: "○", kalai_smorodinsky: "□", egalitarian: "◇", credible: "◎", real: "★" };

/** @param {any} app */
export function tablePanel({ data, width }) {
  const { sides, clauses, frontier, solutions, credible, real, on, no_deal: none } = data.table;
  const capitals = sides.map((/** @type {string} */ code) => data.governments.find((/** @type {any} */ g) => g.code === code).capital);
  const worths = (/** @type {any} */ p) => sides.map((/** @type {string} */ code) => figureOf(p.worth[code]));
  const marks = Object.entries({ ...solutions, credible, real }).filter(([, p]) => p);
  const day = dateOf(719163 + Date.parse(on) / 86400000), names = { day, one: capitals[0], other: capitals[1] };
  const points = [...frontier, none, ...marks.map(([, p]) => p)].map((p) => sides.map((/** @type {string} */ code) => p.worth[code]));
  const { root, x, y } = frame(width, points);
  const at = (/** @type {any} */ p) => `${x(p.worth[sides[0]]).toFixed(1)} ${y(p.worth[sides[1]]).toFixed(1)}`;
  const before = (/** @type {any} */ p) => marks.slice(0, marks.findIndex(([, other]) => other === p)).filter(([, other]) => at(other) === at(p)).length; // at the same place
  const mark = (/** @type {any} */ p, /** @type {string} */ shape) => svg("text", { class: "shape", x: x(p.worth[sides[0]]) - 18 * before(p), y: y(p.worth[sides[1]]) + 7, "text-anchor": "middle" }, shape);
  const edge = [...frontier].sort((a, b) => a.worth[sides[0]] - b.worth[sides[0]]);
  root.append(svg("path", { class: "line one", d: `M${edge.map(at).join("L")}` }), mark(none, "×"), ...marks.map(([name, p]) => mark(p, /** @type {any} */ (MARKS)[name])));
  const best = credible ? say("table.credible", { ...names, count: credible.clauses.length, first: worths(credible)[0], second: worths(credible)[1] }) : say("table.none");
  const sentence = `${say("table.sentence", { ...names, clauses: clauses.length, edge: frontier.length })} ${best}`;
  const packages = [["table.no_deal", none, "×"], ...marks.map(([name, p]) => [name === "credible" ? "table.credible.name" : `table.${name}`, p, /** @type {any} */ (MARKS)[name]])];
  const table = tableOf(say("table.packages"), [say("package"), say("table.clauses"), ...capitals, ...capitals.map((/** @type {string} */ who) => say("table.fulfils", { who }))],
    packages.map(([key, p, shape]) => [`${shape} ${say(key)}`, p.clauses?.length ?? 0, ...worths(p), ...sides.map((/** @type {string} */ code) => (p.fulfils ? percent(p.fulfils[code]) : ""))]));
  const rows = clauses.map((/** @type {any} */ c) => [`${say(`act.${c.act}`)}: ${c.title}`, capitals[sides.indexOf(c.issuer)], ...worths(c), c.enters ? dateOf(719163 + Date.parse(c.enters) / 86400000, "medium") : ""]);
  return el("div", {}, figure(root, sentence, table),
    tableOf(say("table.each"), [say("table.clause"), say("table.by"), ...capitals, say("table.enters")], rows));
}
