// @ts-check
// What is a tap away: with and without, the lives of measures, why, who plays, the numbers, the link.
import { button, choiceOf, el, figure, tableOf } from "./dom.js";
import { dateOf, figureOf, percent, plainNumber, say, signed } from "./words.js";
import { measureLives } from "./picture.js";
import { PARTNER, costsOf, dealsOf, live, livesOfMeasures, parting, pathOf, weighed } from "./worlds.js";
import { accountHeads, actText, decisionText } from "./board.js";
import { origin, pathsFigure, slider } from "./opening.js";
import { playPanel } from "./play.js";
import { tablePanel } from "./talks.js";
import { addressOf } from "./settings.js";

/** What draws each panel, in their order. @type {Record<string, (app: any) => any>} */
const PANELS = { pair, lives: lifePanel, why, table: tablePanel, play: playPanel, players, numbers, link };
const STAY = ["play", "players", "numbers"]; // are not drawn again when a number moves
const SHOWN = 12; // numbers in a list

/** Panels, closed; each is drawn when it is opened. @param {string[]} keys */
export function panels(app, keys = Object.keys(PANELS)) {
  app.panels = keys.filter((key) => key !== "table" || app.data.table).map((key) => {
    const body = el("div", { class: "body" }), draw = () => body.replaceChildren(PANELS[key](app));
    const box = el("details", { class: "panel", id: `panel-${key}`, ontoggle: () => box.open && draw() }, el("summary", {}, say(`panel.${key}`)), body);
    return { key, box, draw };
  });
  return el("section", { class: "panels", "aria-label": say("panels") }, ...app.panels.map((p) => p.box));
}

/** Draw open panels again. */
export function redraw(app) {
  for (const panel of app.panels ?? []) if (panel.box.open && !STAY.includes(panel.key)) panel.draw();
}

function pair(app) {
  const { data, settings, names, watch } = app, both = [live(app), live(app, { without: true })], parts = parting(both[0], both[1]);
  const paths = both.map((life) => pathOf(app, life)), costs = both.map((life) => costsOf(data, life));
  const move = say(`move.${data.constants.moves[settings.move]}`), heads = [say("with"), say("without.short")];
  const sentence = parts ? say("pair.parts", { day: dateOf(parts.day), who: data.governments[parts.government].capital, move }) : say("pair.same", { move });
  const drawn = [{ values: paths[1], kind: "other" }, { values: paths[0], kind: "one" }];
  const rows = data.governments.flatMap((g, k) => accountHeads(data, data.scenario.game).map((head, a) =>
    [`${g.capital}: ${head}`, ...costs.map((cost) => figureOf(cost[k][a])), signed(costs[0][k][a] - costs[1][k][a])]));
  return el("div", {}, pathsFigure(app, { lines: drawn }, sentence, say(`drawn.${watch}`, names), heads, paths),
    tableOf(say("pair.costs"), [say("cost"), ...heads, say("difference")], rows), el("p", { class: "note" }, say("pair.note")));
}

function lifePanel(app) {
  const { data } = app, { start, end } = data.layout;
  if (data.scenario.game) return el("p", {}, say("lives.game"));
  const life = live(app), all = livesOfMeasures(app, life);
  const rows = all.filter((row) => row.changes || row.times[0].status === "suspended");
  const picture = measureLives(app.width, { start, end, mark: data.opening, rows });
  const table = tableOf(say("panel.lives"), [say("measure"), say("from"), say("to"), say("status")],
    rows.flatMap((row) => row.times.map((t) => [row.title, dateOf(t.from, "medium"), dateOf(t.to, "medium"), say(`status.${t.status}`)])));
  const key = el("ul", { class: "legend" }, ...["in_force", "suspended", "available"].map((s) => el("li", {}, el("span", { class: `status ${s}`, "aria-hidden": "true" }), say(`status.${s}`))));
  return el("div", {}, key, figure(picture, say("lives.sentence", { shown: rows.length, all: all.length, changed: all.filter((r) => r.changes).length }), table), ...dealsOf(app, life).map((deal) => el("p", {}, deal)));
}

function why(app) {
  const { data } = app, life = live(app);
  const made = life.moves.filter((m) => m.day >= data.opening);
  const worth = made.filter((m) => m.move !== 1);
  const list = (worth.length ? worth : made).slice(0, 60);
  if (!list.length) return el("p", {}, say("why.none"));
  const first = list.findIndex((m) => m.reason !== 3 && m.government === PARTNER);
  const body = el("div", {}), draw = (k) => body.replaceChildren(reasons(app, life, list[(app.decision = k)]));
  draw(app.decision < list.length && app.decision >= 0 ? app.decision : Math.max(0, first));
  const choice = choiceOf(list.map((/** @type {any} */ m, k) => [k, decisionText(data, { ...m, acts: [] })]), app.decision,
    { "aria-label": say("why.choose"), onchange: () => draw(Number(choice.value)) });
  return el("div", {}, el("label", {}, say("why.choose"), choice), body);
}

function reasons(app, life, decision) {
  const { data } = app, { moves, moveOfAct, reasons: kinds } = data.constants;
  const who = data.governments[decision.government].capital, whom = data.governments[decision.partner].capital;
  const package_ = life.acts.filter((a) => a.day === decision.day && a.government === decision.government && a.partner === decision.partner);
  const head = el("p", { class: "story" }, say("why.story", { day: dateOf(decision.day), who, whom, move: say(`does.${moves[decision.move]}`), reason: say(`reason.${kinds[decision.reason]}`) }));
  const chosen = package_.length > 0 && el("ul", {}, ...package_.map((act) => el("li", {}, actText(data, act))));
  const found = weighed(app, decision);
  if (!found) return el("div", {}, head, chosen, el("p", {}, say("why.told")));
  const v = found.view, can = [v.can_escalate, 1, v.can_relax];
  const values = ["escalate", "hold", "relax"].map((move, k) => [say(`move.${move}`), ...(can[k]
    ? [figureOf(v[`now_${move}`]), figureOf(v[`later_${move}`]), figureOf(v[`now_${move}`] + v[`later_${move}`]), percent(found.chances[k])]
    : [say("why.cannot"), "", "", ""])]);
  const columns = ["trade", "rent", "controls", "attention", "partner_trade", "partner_harm", "partner_minerals", "partner_controls", "partner_concessions"];
  const seen = columns.filter((name) => found.acts.some((row) => Math.abs(row[name]) > 0.005));
  const [escalating, relaxing] = [0, 2].map((move) => {
    const rows = found.acts.filter((row) => moveOfAct[row.act] === move).sort((a, b) => b.value - a.value)
      .map((row) => [actText(data, row), say(row.weighed === 1 ? "in" : "out"),
        figureOf(row.value), ...seen.map((name) => figureOf(row[name]))]);
    const heads = [say("act"), say("package"), say("value.alone"), ...seen.map((name) => say(`column.${name}`))];
    return rows.length ? tableOf(say("why.acts", { move: say(`move.${moves[move]}`) }), heads, rows) : null;
  });
  return el("div", {}, head, chosen,
    tableOf(say("why.values", { who }), [say("move"), say("now"), say("later"), say("value"), say("chance")], values),
    escalating, relaxing, el("p", { class: "note" }, say("why.note")));
}

function players(app) {
  const { data, settings } = app, options = data.strategies.map((s) => [s.name, s.name.replaceAll("_", " ")]);
  const rows = data.governments.map((g, k) => {
    const about = el("p", { class: "note" });
    const tell = (/** @type {string} */ wanted) => {
      const { name, numbers, sentence, source } = [data.players[k], ...data.strategies].find((one) => one.name === wanted);
      about.textContent = `${sentence} (${source})`;
      return { name, numbers: [...numbers] };
    };
    const choose = (event) => {
      settings.players[k] = tell(event.target.value);
      app.restart();
    };
    tell(settings.players[k].name);
    return el("div", { class: "slider" }, el("label", {}, `${g.capital} `, choiceOf(options, settings.players[k].name, { onchange: choose })), about);
  });
  const luck = ["seed", "run"].map((key) => {
    const onchange = () => {
      if (!input.checkValidity() || input.value === "") input.value = String(settings[key]);
      settings[key] = Number(input.value);
      app.restart();
    };
    const input = el("input", { type: "number", min: 0, max: 4294967295, step: 1, value: settings[key], inputmode: "numeric", onchange });
    return el("label", {}, `${say(`luck.${key}`)} `, input);
  });
  return el("div", {}, ...rows, el("p", {}, say("luck.note")), ...luck);
}

function numbers(app) {
  const { data } = app;
  const box = el("div", {}), search = el("input", { type: "search", "aria-label": say("numbers.search"), oninput: () => draw() });
  const free = data.numbers.filter((n) => n.places.length), assumed = data.numbers.filter((n) => n.assumed).length;
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const list = data.numbers.filter((n) => `${n.path} ${n.meaning}`.toLowerCase().includes(wanted));
    box.replaceChildren(...list.slice(0, SHOWN).map((n) => {
      const label = `${n.path}${n.meaning ? `: ${n.meaning}` : ""}`;
      if (n.places.length) return slider(app, n, label);
      return el("div", { class: "slider" }, el("p", {}, el("span", {}, label)), el("div", {}, `${plainNumber(n.value)} ${n.unit} `, origin(n)));
    }));
    if (list.length > SHOWN) box.append(el("p", {}, say("numbers.more", { count: list.length - SHOWN })));
  };
  draw();
  const sentence = say("numbers.sentence", { all: data.numbers.length, assumed, free: free.length });
  return el("div", {}, el("p", {}, sentence), el("label", {}, `${say("numbers.search")} `, search), box);
}

function link(app) {
  const address = location.href.replace(/#.*$/, "") + addressOf(app.data, app.settings), told = el("span", { role: "status" });
  const field = el("input", { type: "text", readonly: true, value: address, "aria-label": say("panel.link"), onfocus: () => field.select() });
  const copy = () => {
    field.select();
    document.execCommand("copy"); // also where a page has no clipboard: on a server without encryption
    told.textContent = ` ${say("link.copied")}`;
  };
  return el("div", {}, el("p", {}, say("link.sentence")), field, button("link.copy", copy, { class: "plain" }), told);
}
