// @ts-check
// The page: reads what is in it, starts the rules, and draws what the reader asks for.
import { complaintOf, el, headerOf } from "./dom.js";
import { dateOf, say, speak } from "./words.js";
import { addressOf, settingsFrom } from "./settings.js";
import { ME, PARTNER, THOUSAND, WEEK, bytesOf, drawnOf, inSlices, live, struckBack, useNumbers, workAside, worldOf } from "./worlds.js";
import { lessonCard, opening, showPaths, showShare, waits } from "./opening.js";
import { panels, redraw } from "./panels.js";

const MARGIN = 32; // px, beside pictures
const PAUSE = 250; // ms after a slider's last move until pictures of many worlds are drawn anew

async function start() {
  const text = (/** @type {string} */ id) => String(document.getElementById(id)?.textContent);
  const data = JSON.parse(text("data")), home = document.getElementById("live"); // in a report
  const address = home && !location.hash.includes("page=") ? "" : location.hash;
  const { settings, complaint } = settingsFrom(data, address || (data.lesson?.address ?? ""));
  speak(data.words, settings.language, data.governments);
  const root = el(home ? "div" : "main", { class: "page" }), rules = bytesOf(text("rules"));
  document.getElementById("fallback")?.remove();
  const frame = home?.attachShadow({ mode: "open" }) ?? document.body;
  frame.prepend(root);
  if (home) frame.prepend(el("style", {}, text("style")));
  const watch = data.scenario.game ? "moves" : "measures", app = /** @type {any} */ ({ data, settings, root, home, rules, watch, count: 100, decision: -1, turn: 0 });
  if (typeof WebAssembly === "undefined") return root.replaceChildren(el("p", { role: "alert" }, say("no.wasm")));
  app.world = await worldOf(data, rules);
  app.show = (more, /** @type {string | null} */ next = null) => draw(Object.assign(app, more), next);
  app.change = (more, /** @type {string} */ next) => app.show({ settings: Object.assign(settings, more) }, next);
  app.setNumber = (/** @type {string} */ path, /** @type {number | null} */ value) => {
    if (value === null) delete settings.numbers[path];
    else settings.numbers[path] = value;
    app.restart(PAUSE);
  };
  app.restart = (pause = 0) => restart(app, pause);
  useNumbers(app.world, data, settings);
  draw(app, null, complaint);
  addEventListener("hashchange", () => (!home || location.hash.includes("page=")) && location.reload());
  addEventListener("resize", () => { // only what has a width is drawn anew: what is open stays so
    if (widthOf(root) === app.width) return;
    app.width = widthOf(root);
    if (settings.guess !== null) app.restart();
  });
  performance.mark("drawn");
}

/** The width that pictures have, measured once: asking for it while a slider moves costs more than a world. @param {Element} root */
const widthOf = (root) => Math.max(280, Math.min(1000, root.clientWidth - MARGIN));

/** Draw the page and go to a heading. @param {string | null} next @param {string | null} [complaint] */
function draw(app, next, complaint = null) {
  const { data, settings, root } = app;
  app.width = widthOf(root);
  app.names = { me: data.governments[ME].capital, them: data.governments[PARTNER].capital, day: dateOf(data.opening) };
  const playing = (data.seat !== null || settings.game) && settings.guess === null; // the page opens with a game
  const open = new Set(app.panels ? app.panels.filter((p) => p.box.open).map((p) => p.key) : [playing && "play"]);
  const top = headerOf(data.scenario.title, data.words, settings.language, (language) => {
    speak(data.words, (settings.language = language), data.governments);
    draw(app, null);
  });
  const parts = [top, complaint && complaintOf(say(complaint)), lessonCard(app)];
  if (playing && !waits(app)) parts.push(panels(app, ["play"]), el("h2", {}, say("play.or")));
  if (!waits(app)) parts.push(opening(app), settings.guess !== null && panels(app));
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

/** Keep all settings in the address; a report's stays as it is until its reader has begun. */
function remember({ data, settings, home }) {
  if (!home || settings.move !== null) history.replaceState(null, "", addressOf(data, settings));
}

/** Play the worlds anew: one at once, then whether they strike back, then their pictures. @param {number} pause */
async function restart(app, pause) {
  const { data, settings, world, count } = app, turn = ++app.turn, wanted = () => turn === app.turn;
  const end = data.opening + WEEK, of = count === 1 ? 1 : 100, shares = /** @type {number[]} */ ([]);
  app.aside?.terminate();
  useNumbers(world, data, settings);
  showPaths(app, { lives: [drawnOf(app, settings.run)] });
  for (const without of [false, true]) {
    const run = (k) => (count === 1 ? settings.run : k);
    const struck = await inSlices(of, (k) => struckBack(data, live(app, { run: run(k), end, without })), wanted);
    if (!struck) return;
    shares.push(struck.filter(Boolean).length);
    showShare(app, { yes: shares[0], of, without: shares[1] ?? null });
    if (!without) performance.mark("share");
  }
  await new Promise((next) => setTimeout(next, pause));
  if (!wanted()) return;
  remember(app);
  redraw(app);
  if (count === 1) return;
  let next = matchMedia("(prefers-reduced-motion: reduce)").matches ? of : 10;
  const show = (/** @type {any[]} */ lives) => {
    if (lives.length < Math.min(of, next)) return;
    next += 15;
    showPaths(app, { lives });
  };
  if (!(await inSlices(of, (run) => drawnOf(app, run), wanted, show, 25))) return;
  performance.mark("hundred");
  if (count === THOUSAND) thousand(app);
}

/** A thousand worlds, played by a worker beside the page. */
function thousand(app) {
  const { data, rules, settings, watch } = app;
  const code = new Blob([String(document.getElementById("code")?.textContent)], { type: "text/javascript" });
  app.aside = new Worker(URL.createObjectURL(code));
  app.aside.onmessage = (/** @type {MessageEvent} */ { data: { part, yes, bands } }) => {
    if (!bands) return (app.verdict.textContent = say("counting.part", { part: Math.round(100 * part) }));
    showShare(app, { yes, of: THOUSAND, without: null });
    showPaths(app, { lives: [], bands });
    performance.mark("thousand");
  };
  app.aside.postMessage({ data, rules, settings, watch });
}

/** Say in one sentence that the page cannot go on, and what it was told. */
function stop(error) {
  (document.getElementById("live")?.shadowRoot ?? document.body).prepend(complaintOf(say("no.start", { error: String(error?.message ?? error) })));
}

if (typeof document === "undefined") workAside();
else start().catch(stop);
