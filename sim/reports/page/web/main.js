// @ts-check
// The page: reads what is in it, starts the rules, and draws what the reader asks for.
import { el } from "./dom.js";
import { say, speak } from "./words.js";
import { addressOf, settingsFrom } from "./settings.js";
import { bytesOf, inSlices, live, pathOf, struckBack, useNumbers, workAside, worldOf, WEEK } from "./worlds.js";
import { opening, showPaths, showShare } from "./opening.js";
import { panels, redraw } from "./panels.js";
import { lessonCard, waits } from "./lesson.js";

const MARGIN = 32; // px, beside pictures
const PAUSE = 250; // ms after a slider's last move until pictures of many worlds are drawn anew

async function start() {
  const text = (/** @type {string} */ id) => String(document.getElementById(id)?.textContent);
  const data = JSON.parse(text("data")), home = document.getElementById("live"); // in a report
  const address = home && !location.hash.includes("page=") ? "" : location.hash;
  const { settings, complaint } = settingsFrom(data, address || (data.lesson?.address ?? ""));
  speak(data.words, settings.language);
  const root = el(home ? "div" : "main", { class: "page" }), rules = bytesOf(text("rules"));
  document.getElementById("fallback")?.remove();
  const frame = home?.attachShadow({ mode: "open" }) ?? document.body;
  frame.prepend(root);
  if (home) frame.prepend(el("style", {}, text("style")));
  /** @type {any} */
  const app = { data, settings, root, home, rules, count: 100, watch: data.scenario.game ? "moves" : "measures", decision: -1, turn: 0, aside: null };
  if (typeof WebAssembly === "undefined") return root.replaceChildren(el("p", { role: "alert" }, say("no.wasm")));
  app.world = await worldOf(data, rules);
  app.show = (/** @type {any} */ more, /** @type {string | null} */ next = null) => draw(Object.assign(app, more), next);
  app.change = (/** @type {any} */ more, /** @type {string} */ next) => app.show({ settings: Object.assign(settings, more) }, next);
  app.setNumber = (/** @type {string} */ path, /** @type {number | null} */ value) => {
    if (value === null) delete settings.numbers[path];
    else settings.numbers[path] = value;
    app.restart(PAUSE);
  };
  app.restart = (pause = 0) => restart(app, pause);
  useNumbers(app.world, data, settings);
  draw(app, null, complaint);
  addEventListener("hashchange", () => (!home || location.hash.includes("page=")) && location.reload());
  addEventListener("resize", () => widthOf(root) !== app.width && draw(app, null));
  performance.mark("drawn");
}

/** The width that pictures have, measured once: asking for it while a slider moves costs more than a world. @param {Element} root */
function widthOf(root) {
  return Math.max(280, Math.min(1000, root.clientWidth - MARGIN));
}

/** Draw the page and go to a heading. @param {any} app @param {string | null} next @param {string | null} [complaint] */
function draw(app, next, complaint = null) {
  const { data, settings, root } = app;
  app.width = widthOf(root);
  for (const g of data.governments) {
    g.own ??= g.capital;
    g.capital = data.words[settings.language][`capital.${g.own}`] ?? g.own;
  }
  const playing = (data.seat !== null || settings.game) && settings.guess === null; // the page opens with a game
  const open = new Set(app.panels ? app.panels.filter((/** @type {any} */ p) => p.box.open).map((/** @type {any} */ p) => p.key) : [playing && "play"]);
  const languages = el("select", { "aria-label": "Language / Langue", onchange: () => translate() }, ...Object.entries(data.words).map(([code, words]) => el("option", { value: code }, words.language)));
  languages.value = settings.language;
  const translate = () => {
    speak(data.words, (settings.language = languages.value));
    draw(app, null);
  };
  const top = el("header", {}, el("span", { class: "title" }, "Snapback"), " ", el("span", { class: "scenario" }, data.scenario.title), languages);
  const first = [top, complaint && el("p", { role: "alert", class: "complaint" }, say(complaint)), lessonCard(app)];
  const parts = waits(app) ? first : [...first, playing && panels(app, ["play"]), playing && el("h2", {}, say("play.or")), opening(app), settings.guess !== null && panels(app)];
  root.replaceChildren(...parts.filter(Boolean));
  for (const panel of app.panels ?? []) panel.box.open = open.has(panel.key);
  if (settings.guess !== null && !waits(app)) restart(app, 0);
  remember(app);
  if (next) {
    const heading = root.querySelector(`#${next}`);
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }
}

/** Keep all settings in the address; a report's stays as it is until its reader has begun. @param {any} app */
function remember({ data, settings, home }) {
  if (!home || settings.move !== null) history.replaceState(null, "", addressOf(data, settings));
}

/** Play the worlds anew: one at once, then whether they strike back, then their pictures. @param {any} app @param {number} pause */
async function restart(app, pause) {
  const { data, settings, world } = app, turn = ++app.turn, wanted = () => turn === app.turn;
  useNumbers(world, data, settings);
  const first = live(world, data, settings);
  showPaths(app, { lives: [{ values: pathOf(app, first), yes: struckBack(data, first) }] });
  const end = data.opening + WEEK, of = app.count === 1 ? 1 : 100;
  let yes = 0, without = 0;
  const run = (/** @type {number} */ k) => (app.count === 1 ? settings.run : k);
  if (!(await inSlices(of, (k) => (yes += Number(struckBack(data, live(world, data, settings, { run: run(k), end })))), wanted))) return;
  showShare(app, { yes, of, without: null });
  performance.mark("share");
  if (!(await inSlices(of, (k) => (without += Number(struckBack(data, live(world, data, settings, { run: run(k), end, without: true })))), wanted))) return;
  showShare(app, { yes, of, without });
  await new Promise((next) => setTimeout(next, pause));
  if (!wanted()) return;
  remember(app);
  redraw(app);
  if (app.count === 1) return;
  /** @type {{values: number[], yes: boolean}[]} */
  const lives = [];
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let next = still ? of : 10;
  const show = (/** @type {number} */ k) => {
    if (k < Math.min(of, next)) return;
    next += 15;
    showPaths(app, { lives });
  };
  await inSlices(of, (k) => {
    const life = live(world, data, settings, { run: k });
    lives.push({ values: pathOf(app, life), yes: struckBack(data, life) });
  }, wanted, show, 25);
  if (!wanted()) return;
  performance.mark("hundred");
  if (app.count === 1000) thousand(app, turn);
}

/** A thousand worlds, played by a worker beside the page. @param {any} app @param {number} turn */
function thousand(app, turn) {
  const { data, settings } = app;
  if (!app.aside) {
    const code = new Blob([String(document.getElementById("code")?.textContent)], { type: "text/javascript" });
    app.aside = new Worker(URL.createObjectURL(code));
    app.aside.postMessage({ data, rules: app.rules });
  }
  app.aside.onmessage = (/** @type {MessageEvent} */ { data: found }) => {
    if (found.id !== app.turn) return;
    app.verdict.textContent = say("counting.part", { part: Math.round(100 * found.part) });
    if (!found.bands) return;
    showShare(app, { yes: found.yes, of: 1000, without: null });
    showPaths(app, { lives: [], bands: found.bands });
    performance.mark("thousand");
  };
  app.aside.postMessage({ id: turn, count: 1000, settings, watch: app.watch });
}

/** Say in one sentence that the page cannot go on, and what it was told. @param {any} error */
function stop(error) {
  (document.getElementById("live")?.shadowRoot ?? document.body).prepend(el("p", { role: "alert", class: "complaint" }, say("no.start", { error: String(error?.message ?? error) })));
}

if (typeof document === "undefined") workAside();
else start().catch(stop);
