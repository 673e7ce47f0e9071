// @ts-check
// A lesson, if the page has one, and the first minute: a move, a guess, a hundred worlds beside the guess, one slider. No result before a guess.
import { button, el, figure, tableOf } from "./dom.js";
import { dateOf, figureOf, plainNumber, say } from "./words.js";
import { lines } from "./picture.js";
import { ME, PARTNER, THOUSAND, bandsOf, live, livesOfMeasures } from "./worlds.js";

const FEW = 8; // measures of the first screen

/** @param {any} app  What a reader sees first, and what comes after each answer. */
export function opening(app) {
  const { data, settings, names } = app;
  const choose = (/** @type {number} */ move) => app.change({ move, guess: null }, "guess");
  const heading = el("h1", { tabindex: -1, id: "you" }, el("span", { class: "day" }, `${names.day}. `), say("you", names));
  const buttons = el("div", { class: "moves", role: "group", "aria-labelledby": "you" },
    ...data.constants.moves.map((/** @type {string} */ move, k) => el("button",
      { type: "button", class: `move ${move}`, "aria-pressed": settings.move === null ? false : String(settings.move === k), onclick: () => choose(k) },
      el("span", { "aria-hidden": "true" }, ["▲ ", "■ ", "▼ "][k]), say(`move.${data.scenario.game ? "game." : ""}${move}`))));
  const parts = [heading, buttons];
  parts.push(settings.move === null ? firstScreen(app) : question(app));
  if (settings.guess !== null) parts.push(answer(app), lever(app));
  return el("section", { class: "opening" }, ...parts);
}

/** Where things stand, greyed: tariffs and a few measures as bars. */
function firstScreen(app) {
  const { data } = app, n = data.layout.governments.length;
  if (data.scenario.game) return el("p", { class: "quiet" }, say("first.game"));
  const life = live(app, { without: true, end: data.opening - 1 });
  const tariff = (/** @type {number} */ i, j) => 100 * life.evenings[(life.days - 1) * n * n + i * n + j];
  const bars = [[ME, PARTNER], [PARTNER, ME]].map(([i, j]) => el("li", {},
    el("span", {}, say("first.tariff", { who: data.governments[i].capital, whom: data.governments[j].capital, percent: figureOf(tariff(i, j)) })),
    el("span", { class: "bar", "aria-hidden": "true", style: `inline-size:${Math.min(100, tariff(i, j))}%` })));
  const rows = livesOfMeasures(app, life).filter((row) => row.between && row.times.at(-1)?.status !== "available")
    .sort((a, b) => Number(b.times.at(-1)?.status === "suspended") - Number(a.times.at(-1)?.status === "suspended")).slice(0, FEW);
  const measures = rows.map((row) => el("li", {}, el("span", { class: `status ${row.times.at(-1)?.status}` }, say(`status.${row.times.at(-1)?.status}`)), ` ${row.title}`));
  return el("div", { class: "quiet" }, el("ul", { class: "bars" }, ...bars), el("ul", { class: "bars" }, ...measures));
}

function question(app) {
  const { settings, names } = app;
  const dots = Array.from({ length: 11 }, (_, k) => el("button", { type: "button", class: "dot", "aria-pressed": String(settings.guess === k),
    "aria-label": say("guess.label", { k }), onclick: () => app.change({ guess: k }, "answer") }, k));
  return el("div", { class: "question" }, el("h2", { tabindex: -1, id: "guess" }, say(app.data.scenario.game ? "question.game" : "question", names)),
    el("div", { class: "dots", role: "group", "aria-labelledby": "guess" }, ...dots));
}

function answer(app) {
  app.verdict = el("p", { class: "verdict", "aria-live": "polite" }, say("counting"));
  app.beside = el("p", { class: "beside" });
  app.ten = el("div", { class: "ten", "aria-hidden": "true" });
  app.canvas = el("div", { class: "canvas" });
  const { game } = app.data.scenario;
  const choices = (/** @type {string} */ name, /** @type {string} */ label, /** @type {[any, string][]} */ list) =>
    el("div", { class: "counts", role: "group", "aria-label": label }, ...list.map(([value, key]) =>
      button(key, () => app.show({ [name]: value }), { class: "count", "aria-pressed": String(app[name] === value) }, { count: plainNumber(value) })));
  return el("div", { class: "answer" }, el("h2", { tabindex: -1, id: "answer" }, say("answer", app.names)),
    app.ten, app.verdict, app.beside, el("p", { class: "note" }, say(game ? "answer.game" : "answer.note")),
    choices("count", say("worlds.label"), [[1, "worlds.one"], [100, "worlds.many"], [THOUSAND, "worlds.many"]]),
    choices("watch", say("watch.label"), game ? [] : [["measures", "watch.measures"], ["tariff", "watch.tariff"]]), app.canvas);
}

/** The share of worlds that strike back, beside the guess. @param {any} app @param {{yes: number, of: number, without: number | null}} found */
export function showShare(app, { yes, of, without }) {
  const { data, settings } = app, { them } = app.names;
  app.verdict.textContent = say("verdict", { yes, of, them, guess: settings.guess });
  app.beside.textContent = without === null ? "" : say("without", { without, of, move: say(`move.${data.constants.moves[settings.move]}`) });
  app.ten.replaceChildren(...Array.from({ length: 10 }, (_, k) => el("span", {
    class: `world ${k + 0.5 < (10 * yes) / of ? "yes" : "no"} ${k < settings.guess ? "guessed" : ""}` })));
}

/** Lines or bands of the worlds so far. @param {any} app @param {{lives: {values: number[], yes: boolean}[], bands?: number[][]}} found */
export function showPaths(app, { lives, bands }) {
  const { watch, names } = app, apart = (k) => (watch === "measures" ? ((k % 21) - 10) / 50 : 0); // so that lines of one height are seen
  const drawn = lives.map(({ values, yes }, k) => ({ values: k ? values.map((x) => Math.max(0, x + apart(k))) : values, kind: k === 0 ? "one" : yes ? "yes" : "no" }));
  const all = bands ?? bandsOf(lives.map((life) => life.values)), columns = [all[0], all[2], all[4]], what = say(`drawn.${watch}`, names);
  const [low, middle, high] = columns.map((values) => figureOf(values[values.length - 1]));
  const told = { ...names, what, low, middle, high, end: dateOf(app.data.layout.end), count: plainNumber(bands ? THOUSAND : lives.length) };
  const sentence = say(bands ? "paths.bands" : lives.length === 1 ? "paths.one" : "paths", told), caption = `${what}. ${say("table.paths")}`;
  app.canvas.replaceChildren(pathsFigure(app, { lines: drawn.reverse(), bands }, sentence, caption, ["10 %", "50 %", "90 %"], columns));
}

/** Paths over all days as a picture, and as a table of nine days. @param {{lines: Line[], bands?: number[][]}} drawn
 *  @param {string} sentence @param {string} caption @param {string[]} heads @param {number[][]} columns  Paths that the table tells. */
export function pathsFigure(app, drawn, sentence, caption, heads, columns) {
  const { start, end } = app.data.layout, days = Array.from({ length: 9 }, (_, k) => Math.round(((end - start) * k) / 8));
  const picture = lines(app.width, { start, end, unit: app.watch === "tariff" ? " %" : "", mark: app.data.opening, ...drawn });
  const rows = days.map((day) => [dateOf(start + day, "medium"), ...columns.map((values) => figureOf(values[day]))]);
  return figure(picture, sentence, tableOf(caption, [say("day"), ...heads], rows));
}

/** The first slider: what a broken threat costs the partner, else its belief, else any number. */
function lever(app) {
  const code = app.data.layout.governments[PARTNER], free = app.data.numbers.filter((n) => n.places.length);
  const number = [`.${code}.stake`, `${code}.renewal_belief`, ""].flatMap((end) => free.filter((n) => n.path.endsWith(end)))[0];
  if (!number) return null;
  const key = `lever.${number.path.split(".").at(-1)}`, text = say(key, app.names);
  return el("div", { class: "lever" }, slider(app, number, text === key ? number.meaning : text));
}

/** A slider of a number with its value, unit and source. @param {string} label */
export function slider(app, number, label) {
  const value = app.settings.numbers[number.path] ?? number.value, whole = number.places.some((p) => p[1] === "i8");
  const output = el("output", {}, plainNumber(value)), step = whole ? 1 : (number.high - number.low) / 200, { low: min, high: max } = number;
  const set = (/** @type {number} */ now) => {
    output.textContent = plainNumber(now);
    app.setNumber(number.path, now === number.value ? null : now);
  };
  const input = el("input", { type: "range", min, max, step, value, "aria-label": label, oninput: () => set(Number(input.value)) });
  const back = () => set((input.value = number.value));
  return el("div", { class: "slider" }, el("label", {}, label), el("div", {}, output, ` ${number.unit} `, button("back", back, { class: "plain" }, { value: plainNumber(number.value) }),
    " ", origin(number)), input);
}

/** Where a number comes from; an assumption says so in plain sight. */
export function origin(number) {
  const mark = number.assumed ? el("strong", { class: "assumption" }, say("assumption")) : null;
  const source = number.source.replace(/^assumption:?\s*/, "");
  return el("details", { class: "small origin" }, el("summary", {}, mark ?? say("source")), el("p", {}, [source, number.note].filter(Boolean).join(". ")),
    number.low !== null && number.high !== null && el("p", {}, say("range", { low: plainNumber(number.low), high: plainNumber(number.high), unit: number.unit })));
}

/** Whether the page still waits for the reader's prediction; whoever opens a game has made one. */
export const waits = (app) => app.data.lesson !== null && app.predicted === undefined && !app.settings.game;

/** The lesson; nothing on a page that has none. */
export function lessonCard(app) {
  const { lesson } = app.data;
  if (!lesson) return null;
  const choose = (/** @type {string} */ choice) => () => app.show({ predicted: choice }, "lesson-do");
  const choices = lesson.choices.map((/** @type {string} */ choice) =>
    el("button", { type: "button", class: "count", "aria-pressed": String(app.predicted === choice), onclick: choose(choice) }, choice));
  const parts = [el("h1", {}, say("lesson.title", lesson)), ...lesson.sections.Question.map(built), el("h2", { id: "lesson-predict" }, lesson.question),
    el("div", { class: "counts", role: "group", "aria-labelledby": "lesson-predict" }, ...choices)];
  if (!waits(app)) {
    parts.push(el("h2", { tabindex: -1, id: "lesson-do" }, say("lesson.do")), ...lesson.sections.Do.map(built),
      el("details", { class: "small" }, el("summary", {}, say("lesson.notice")), ...lesson.sections.Notice.map(built)));
  }
  return el("section", { class: "lesson", "aria-label": say("lesson.title", lesson), lang: "en" }, ...parts);
}

/** An element, by its tag and what is inside; or text. @returns {any} */
const built = (node) => (typeof node === "string" ? node : el(node[0], {}, ...node[1].map(built)));
