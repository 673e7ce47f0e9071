// @ts-check
// What is a tap away: with and without, the lives of measures, why, who plays, the numbers, the link.
import { el, figure, tableOf } from "./dom.js";
import { dateOf, figureOf, percent, plainNumber, say, signed } from "./words.js";
import { lines, measureLives } from "./picture.js";
import { ME, PARTNER, costsOf, live, pathOf } from "./worlds.js";
import { dealsOf, livesOfMeasures, parting, weighed } from "./readings.js";
import { nineDays, origin, slider } from "./opening.js";
import { playPanel } from "./play.js";
import { tablePanel } from "./table.js";
import { addressOf } from "./settings.js";

/** @typedef {{key: string, draw: (app: any) => any, stays?: boolean}} Panel */

/** The panels, in their order; one that `stays` is not drawn again when a number moves. @type {Panel[]} */
const PANELS = [
  { key: "pair", draw: pair },
  { key: "lives", draw: lifePanel },
  { key: "why", draw: why },
  { key: "table", draw: tablePanel, stays: true },
  { key: "play", draw: playPanel, stays: true },
  { key: "players", draw: players, stays: true },
  { key: "numbers", draw: numbers, stays: true },
  { key: "link", draw: link },
];

/** Panels, closed; each is drawn when it is opened. @param {any} app @param {string[]} keys */
export function panels(app, keys = PANELS.map((panel) => panel.key)) {
  app.panels = PANELS.filter((panel) => keys.includes(panel.key) && (panel.key !== "table" || app.data.table)).map((panel) => {
    const body = el("div", { class: "body" });
    const box = el("details", { class: "panel", id: `panel-${panel.key}` }, el("summary", {}, say(`panel.${panel.key}`)), body);
    const draw = () => body.replaceChildren(panel.draw(app));
    box.addEventListener("toggle", () => box.open && draw());
    return { ...panel, box, draw };
  });
  return el("section", { class: "panels", "aria-label": say("panels") }, ...app.panels.map((/** @type {any} */ p) => p.box));
}

/** Draw open panels again. @param {any} app */
export function redraw(app) {
  for (const panel of app.panels ?? []) if (panel.box.open && !panel.stays) panel.draw();
}

/** @param {any} app */
function pair(app) {
  const { data, settings } = app, { start, end } = data.layout;
  const one = live(app.world, data, settings), other = live(app.world, data, settings, { without: true });
  const paths = [pathOf(app, one), pathOf(app, other)], parts = parting(one, other);
  const width = app.width, move = say(`move.${data.constants.moves[settings.move]}`);
  const picture = lines(width, { start, end, unit: app.watch === "tariff" ? " %" : "", mark: data.opening,
    lines: [{ values: paths[1], kind: "other" }, { values: paths[0], kind: "one" }] });
  const costs = [costsOf(data, one), costsOf(data, other)];
  const accounts = data.constants.accounts.slice(0, data.scenario.game ? 1 : 2);
  const rows = data.governments.flatMap((/** @type {any} */ g, /** @type {number} */ k) => accounts.map((/** @type {string} */ account, /** @type {number} */ a) =>
    [`${g.capital}: ${say(data.scenario.game ? "account.game" : `account.${account}`)}`, figureOf(costs[0][k][a]), figureOf(costs[1][k][a]), signed(costs[0][k][a] - costs[1][k][a])]));
  const sentence = parts ? say("pair.parts", { day: dateOf(parts.day), who: data.governments[parts.government].capital, move }) : say("pair.same", { move });
  const table = tableOf(say("pair.costs"), [say("cost"), say("with"), say("without.short"), say("difference")], rows);
  return el("div", {}, figure(picture, sentence, say("as.table"), tableOf(say(`drawn.${app.watch}`, { me: data.governments[ME].capital, them: data.governments[PARTNER].capital }), [say("day"), say("with"), say("without.short")],
    nineDays(paths[0].length).map((d) => [dateOf(start + d, "medium"), figureOf(paths[0][d]), figureOf(paths[1][d])]))), table, el("p", { class: "note" }, say("pair.note")));
}

/** @param {any} app */
function lifePanel(app) {
  const { data } = app, { start, end } = data.layout;
  if (data.scenario.game) return el("p", {}, say("lives.game"));
  const life = live(app.world, data, app.settings), all = livesOfMeasures(app, life);
  const rows = all.filter((row) => row.changes || row.times[0].status === "suspended");
  const picture = measureLives(app.width, { start, end, mark: data.opening, rows });
  const table = tableOf(say("panel.lives"), [say("measure"), say("from"), say("to"), say("status")],
    rows.flatMap((row) => row.times.map((t) => [row.title, dateOf(t.from, "medium"), dateOf(t.to, "medium"), say(`status.${t.status}`)])));
  const key = el("ul", { class: "legend" }, ...["in_force", "suspended", "available"].map((s) => el("li", {}, el("span", { class: `status ${s}`, "aria-hidden": "true" }), say(`status.${s}`))));
  return el("div", {}, key, figure(picture, say("lives.sentence", { shown: rows.length, all: all.length, changed: all.filter((r) => r.changes).length }), say("as.table"), table), ...dealsOf(app, life).map((deal) => el("p", {}, deal.text)));
}

/** @param {any} app */
function why(app) {
  const { data, settings } = app, { moves } = data.constants;
  const life = live(app.world, data, settings);
  const capital = (/** @type {number} */ k) => data.governments[k].capital;
  const made = life.moves.filter((/** @type {any} */ m) => m.day >= data.opening);
  const worth = made.filter((/** @type {any} */ m) => m.move !== 1);
  const list = (worth.length ? worth : made).slice(0, 60);
  if (!list.length) return el("p", {}, say("why.none"));
  const first = list.findIndex((/** @type {any} */ m) => m.reason !== 3 && m.government === PARTNER);
  const choice = el("select", { "aria-label": say("why.choose") }, ...list.map((/** @type {any} */ m, /** @type {number} */ k) =>
    el("option", { value: k }, `${dateOf(m.day, "medium")}: ${say("why.line", { who: capital(m.government), whom: capital(m.partner), move: say(`does.${moves[m.move]}`) })}`)));
  choice.value = String(app.decision < list.length && app.decision >= 0 ? app.decision : Math.max(0, first));
  const body = el("div", {});
  const draw = () => body.replaceChildren(reasons(app, life, list[Number(choice.value)]));
  choice.addEventListener("change", () => {
    app.decision = Number(choice.value);
    draw();
  });
  draw();
  return el("div", {}, el("label", {}, say("why.choose"), choice), body);
}

/** @param {any} app @param {any} life @param {any} decision */
function reasons(app, life, decision) {
  const { data } = app, { moves, acts, moveOfAct, reasons: kinds } = data.constants;
  const who = data.governments[decision.government].capital, whom = data.governments[decision.partner].capital;
  const package_ = life.acts.filter((/** @type {any} */ a) => a.day === decision.day && a.government === decision.government && a.partner === decision.partner);
  const carried = package_.map((/** @type {any} */ a) => `${say(`act.${acts[a.act]}`)}: ${data.measures[a.measure].title}`);
  const head = el("p", { class: "story" }, say("why.story", { day: dateOf(decision.day), who, whom, move: say(`does.${moves[decision.move]}`), reason: say(`reason.${kinds[decision.reason]}`) }));
  const chosen = carried.length ? el("ul", {}, ...carried.map((/** @type {string} */ text) => el("li", {}, text))) : null;
  const found = weighed(app, decision);
  if (!found) return el("div", {}, head, chosen, el("p", {}, say("why.told")));
  const v = found.view, can = [v.can_escalate, 1, v.can_relax];
  const values = ["escalate", "hold", "relax"].map((move, k) => [say(`move.${move}`), ...(can[k]
    ? [figureOf(v[`now_${move}`]), figureOf(v[`later_${move}`]), figureOf(v[`now_${move}`] + v[`later_${move}`]), percent(found.chances[k])]
    : [say("why.cannot"), "", "", ""])]);
  const columns = ["trade", "rent", "controls", "attention", "partner_trade", "partner_harm", "partner_minerals", "partner_controls", "partner_concessions"];
  const seen = columns.filter((name) => found.acts.some((/** @type {any} */ row) => Math.abs(row[name]) > 0.005));
  const [escalating, relaxing] = [0, 2].map((move) => {
    const rows = found.acts.filter((/** @type {any} */ row) => moveOfAct[row.act] === move).sort((/** @type {any} */ a, /** @type {any} */ b) => b.value - a.value)
      .map((/** @type {any} */ row) => [`${say(`act.${acts[row.act]}`)}: ${data.measures[row.measure].title}`, say(row.weighed === 1 ? "in" : "out"),
        figureOf(row.value), ...seen.map((name) => figureOf(row[name]))]);
    const heads = [say("act"), say("package"), say("value.alone"), ...seen.map((name) => say(`column.${name}`))];
    return rows.length ? tableOf(say("why.acts", { move: say(`move.${moves[move]}`) }), heads, rows) : null;
  });
  return el("div", {}, head, chosen,
    tableOf(say("why.values", { who }), [say("move"), say("now"), say("later"), say("value"), say("chance")], values),
    escalating, relaxing, el("p", { class: "note" }, say("why.note")));
}

/** @param {any} app */
function players(app) {
  const { data, settings } = app;
  const rows = data.governments.map((/** @type {any} */ g, /** @type {number} */ k) => {
    const about = el("p", { class: "note" });
    const choice = el("select", {}, ...data.strategies.map((/** @type {any} */ s) => el("option", { value: s.name }, s.name.replaceAll("_", " "))));
    const tell = () => {
      const strategy = data.strategies.find((/** @type {any} */ s) => s.name === choice.value);
      about.textContent = `${strategy.sentence} (${strategy.source})`;
      return strategy;
    };
    choice.value = settings.players[k].name;
    tell();
    choice.addEventListener("change", () => {
      const { name, numbers: values } = tell();
      settings.players[k] = name === data.players[k].name ? { name, numbers: [...data.players[k].numbers] } : { name, numbers: [...values] };
      app.restart();
    });
    return el("div", { class: "slider" }, el("label", {}, `${g.capital} `, choice), about);
  });
  const luck = ["seed", "run"].map((key) => {
    const input = el("input", { type: "number", min: 0, max: 4294967295, step: 1, value: settings[key], inputmode: "numeric" });
    input.addEventListener("change", () => {
      if (!input.checkValidity() || input.value === "") input.value = String(settings[key]);
      settings[key] = Number(input.value);
      app.restart();
    });
    return el("label", {}, `${say(`luck.${key}`)} `, input);
  });
  return el("div", {}, ...rows, el("p", {}, say("luck.note")), ...luck);
}

/** @param {any} app */
function numbers(app) {
  const { data } = app, box = el("div", {});
  const search = el("input", { type: "search", "aria-label": say("numbers.search") });
  const free = data.numbers.filter((/** @type {any} */ n) => n.places.length), assumed = data.numbers.filter((/** @type {any} */ n) => n.assumed).length;
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const list = data.numbers.filter((/** @type {any} */ n) => `${n.path} ${n.meaning}`.toLowerCase().includes(wanted));
    const rows = list.slice(0, 12).map((/** @type {any} */ n) => {
      const label = `${n.path}${n.meaning ? `: ${n.meaning}` : ""}`;
      if (n.places.length) return slider(app, n, label);
      return el("div", { class: "slider" }, el("p", {}, el("span", {}, label)), el("div", {}, `${plainNumber(n.value)} ${n.unit} `, origin(n)));
    });
    if (list.length > rows.length) rows.push(el("p", {}, say("numbers.more", { count: list.length - rows.length })));
    box.replaceChildren(...rows);
  };
  search.addEventListener("input", draw);
  draw();
  return el("div", {}, el("p", {}, say("numbers.sentence", { all: data.numbers.length, assumed, free: free.length })), el("label", {}, `${say("numbers.search")} `, search), box);
}

/** @param {any} app */
function link(app) {
  const address = location.href.replace(/#.*$/, "") + addressOf(app.data, app.settings);
  const field = el("input", { type: "text", readonly: true, "aria-label": say("panel.link"), onfocus: () => field.select() });
  field.value = address;
  const told = el("span", { role: "status" });
  const copy = async () => {
    field.select();
    await (navigator.clipboard ? navigator.clipboard.writeText(address) : Promise.reject()).catch(() => document.execCommand("copy"));
    told.textContent = ` ${say("link.copied")}`;
  };
  return el("div", {}, el("p", {}, say("link.sentence")), field, el("button", { type: "button", class: "plain", onclick: copy }, say("link.copy")), told);
}
