// @ts-check
// The first minute: a move, a guess, a hundred worlds beside the guess, one slider. No result before a guess.
import { el, figure, tableOf } from "./dom.js";
import { dateOf, figureOf, plainNumber, say } from "./words.js";
import { lines } from "./picture.js";
import { ME, PARTNER, live, pathOf, quantiles } from "./worlds.js";
import { livesOfMeasures } from "./readings.js";

const FEW = 8; // measures of the first screen

/** @param {any} app  What a reader sees first, and what comes after each answer. */
export function opening(app) {
  const { data, settings } = app;
  const day = data.opening, me = data.governments[ME].capital, them = data.governments[PARTNER].capital;
  const names = { me, them, day: dateOf(day) };
  const choose = (/** @type {number} */ move) => app.change({ move, guess: null }, "guess");
  const heading = el("h1", { tabindex: -1, id: "you" }, el("span", { class: "day" }, `${dateOf(day)}. `), say("you", names));
  const buttons = el("div", { class: "moves", role: "group", "aria-labelledby": "you" },
    ...data.constants.moves.map((/** @type {string} */ move, /** @type {number} */ k) => el("button",
      { type: "button", class: `move ${move}`, "aria-pressed": settings.move === null ? false : String(settings.move === k), onclick: () => choose(k) },
      el("span", { "aria-hidden": "true" }, ["▲ ", "■ ", "▼ "][k]), say(`move.${data.scenario.game ? "game." : ""}${move}`))));
  const parts = [heading, buttons];
  if (settings.move === null) parts.push(firstScreen(app, day));
  else parts.push(question(app, names));
  if (settings.guess !== null) parts.push(answer(app, names), lever(app, names));
  return el("section", { class: "opening" }, ...parts);
}

/** Where things stand, greyed: tariffs and a few measures as bars. @param {any} app @param {number} day */
function firstScreen(app, day) {
  const { data, world } = app, n = data.layout.governments.length;
  if (data.scenario.game) return el("p", { class: "quiet" }, say("first.game"));
  const life = live(world, data, app.settings, { without: true, end: day - 1 });
  const tariff = (/** @type {number} */ i, /** @type {number} */ j) => 100 * life.evenings[(life.days - 1) * n * n + i * n + j];
  const capital = (/** @type {number} */ k) => data.governments[k].capital;
  const bars = [[ME, PARTNER], [PARTNER, ME]].map(([i, j]) => el("li", {},
    el("span", {}, say("first.tariff", { who: capital(i), whom: capital(j), percent: figureOf(tariff(i, j)) })),
    el("span", { class: "bar", "aria-hidden": "true", style: `inline-size:${Math.min(100, tariff(i, j))}%` })));
  const rows = livesOfMeasures(app, life).filter((row) => row.between && row.times.at(-1)?.status !== "available")
    .sort((a, b) => Number(b.times.at(-1)?.status === "suspended") - Number(a.times.at(-1)?.status === "suspended")).slice(0, FEW);
  const measures = rows.map((row) => el("li", {}, el("span", { class: `status ${row.times.at(-1)?.status}` }, say(`status.${row.times.at(-1)?.status}`)), ` ${row.title}`));
  return el("div", { class: "quiet" }, el("ul", { class: "bars" }, ...bars), el("ul", { class: "bars" }, ...measures));
}

/** @param {any} app @param {Record<string, string>} names */
function question(app, names) {
  const { settings } = app;
  const dots = Array.from({ length: 11 }, (_, k) => el("button", { type: "button", class: "dot", "aria-pressed": String(settings.guess === k),
    "aria-label": say("guess.label", { k }), onclick: () => app.change({ guess: k }, "answer") }, k));
  return el("div", { class: "question" }, el("h2", { tabindex: -1, id: "guess" }, say(app.data.scenario.game ? "question.game" : "question", names)),
    el("div", { class: "dots", role: "group", "aria-labelledby": "guess" }, ...dots));
}

/** @param {any} app @param {Record<string, string>} names */
function answer(app, names) {
  app.verdict = el("p", { class: "verdict", "aria-live": "polite" }, say("counting"));
  app.beside = el("p", { class: "beside" });
  app.ten = el("div", { class: "ten", "aria-hidden": "true" });
  app.canvas = el("div", { class: "canvas" });
  const counts = [1, 100, 1000].map((count) => el("button", { type: "button", class: "count", "aria-pressed": String(app.count === count),
    onclick: () => app.show({ count }) }, say(count === 1 ? "worlds.one" : "worlds.many", { count: plainNumber(count) })));
  const watched = app.data.scenario.game ? [] : ["measures", "tariff"].map((watch) => el("button", { type: "button", class: "count",
    "aria-pressed": String(app.watch === watch), onclick: () => app.show({ watch }) }, say(`watch.${watch}`)));
  return el("div", { class: "answer" }, el("h2", { tabindex: -1, id: "answer" }, say("answer", names)),
    app.ten, app.verdict, app.beside, el("p", { class: "note" }, say(app.data.scenario.game ? "answer.game" : "answer.note")), el("div", { class: "counts", role: "group", "aria-label": say("worlds.label") }, ...counts),
    el("div", { class: "counts", role: "group", "aria-label": say("watch.label") }, ...watched), app.canvas);
}

/** The share of worlds that strike back, beside the guess. @param {any} app @param {{yes: number, of: number, without: number | null}} found */
export function showShare(app, { yes, of, without }) {
  const { data, settings } = app, them = data.governments[PARTNER].capital;
  const done = of > 0 ? yes / of : 0;
  app.verdict.textContent = say("verdict", { yes, of, them, guess: settings.guess });
  app.beside.textContent = without === null ? "" : say("without", { without, of, move: say(`move.${data.constants.moves[settings.move]}`) });
  app.ten.replaceChildren(...Array.from({ length: 10 }, (_, k) => el("span", {
    class: `world ${k + 0.5 < 10 * done ? "yes" : "no"} ${k < settings.guess ? "guessed" : ""}` })));
}

/** Lines or bands of the worlds so far. @param {any} app @param {{lives: {values: number[], yes: boolean}[], bands?: number[][]}} found */
export function showPaths(app, { lives, bands }) {
  const { data, watch } = app, { start, end } = data.layout;
  const apart = (/** @type {number} */ k) => (watch === "measures" ? ((k % 21) - 10) / 50 : 0); // so that lines of one height are seen
  const drawn = lives.map(({ values, yes }, k) => ({ values: k ? values.map((x) => Math.max(0, x + apart(k))) : values, kind: k === 0 ? "one" : yes ? "yes" : "no" })).reverse();
  const picture = lines(app.width, { start, end, unit: watch === "tariff" ? " %" : "", mark: data.opening, lines: bands ? [] : drawn, bands });
  const last = (/** @type {number[]} */ values) => values[values.length - 1];
  const names = { me: data.governments[ME].capital, them: data.governments[PARTNER].capital, end: dateOf(end), count: plainNumber(bands ? 1000 : lives.length) };
  const [low, middle, high] = (bands ? [0, 2, 4].map((k) => last(bands[k])) : quantiles(lives.map((l) => last(l.values)))).map((x) => figureOf(x));
  const what = say(`drawn.${watch}`, names), key = bands ? "paths.bands" : lives.length === 1 ? "paths.one" : "paths";
  const rows = nineDays(end - start + 1).map((d) => {
    const values = bands ? [bands[0][d], bands[2][d], bands[4][d]] : quantiles(lives.map((l) => l.values[d]));
    return [dateOf(start + d, "medium"), ...values.map((x) => figureOf(x))];
  });
  const table = tableOf(`${what}. ${say("table.paths")}`, [say("day"), "10 %", "50 %", "90 %"], rows);
  app.canvas.replaceChildren(figure(picture, say(key, { ...names, low, middle, high, what }), say("as.table"), table));
}

/** Nine days, evenly spread over so many. @param {number} days @returns {number[]} */
export function nineDays(days) {
  return Array.from({ length: 9 }, (_, k) => Math.round(((days - 1) * k) / 8));
}

/** The first slider: what a broken threat costs the partner, else its belief, else any number. @param {any} app @param {Record<string, string>} names */
function lever(app, names) {
  const code = app.data.layout.governments[PARTNER], free = app.data.numbers.filter((/** @type {any} */ n) => n.places.length);
  const number = [`.${code}.stake`, `${code}.renewal_belief`, ""].flatMap((end) => free.filter((/** @type {any} */ n) => n.path.endsWith(end)))[0];
  if (!number) return null;
  const key = `lever.${number.path.split(".").at(-1)}`, text = say(key, names);
  return el("div", { class: "lever" }, slider(app, number, text === key ? number.meaning : text));
}

/** A slider of a number with its value, unit and source. @param {any} app @param {any} number @param {string} label */
export function slider(app, number, label) {
  const value = app.settings.numbers[number.path] ?? number.value, whole = number.places.some((/** @type {any} */ p) => p[1] === "i8");
  const output = el("output", {}, plainNumber(value));
  const input = el("input", { type: "range", min: number.low, max: number.high, step: whole ? 1 : (number.high - number.low) / 200, "aria-label": label });
  input.value = value;
  const set = (/** @type {number} */ now) => {
    output.textContent = plainNumber(now);
    app.setNumber(number.path, now === number.value ? null : now);
  };
  input.addEventListener("input", () => set(Number(input.value)));
  const back = () => set((input.value = number.value));
  return el("div", { class: "slider" }, el("label", {}, label), el("div", {}, output, ` ${number.unit} `, el("button", { type: "button", class: "plain", onclick: back },
    say("back", { value: plainNumber(number.value) })), " ", origin(number)), input);
}

/** Where a number comes from; an assumption says so in plain sight. @param {any} number */
export function origin(number) {
  const mark = number.assumed ? el("strong", { class: "assumption" }, say("assumption")) : null;
  const source = number.source.replace(/^assumption:?\s*/, "");
  return el("details", { class: "small origin" }, el("summary", {}, mark ?? say("source")), el("p", {}, [source, number.note].filter(Boolean).join(". ")),
    number.low !== null && number.high !== null && el("p", {}, say("range", { low: plainNumber(number.low), high: plainNumber(number.high), unit: number.unit })));
}
