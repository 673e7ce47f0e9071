// @ts-check
// The line to the server: tried again until it holds; every screen that comes is drawn.
import { el } from "../../reports/page/web/dom.js";
import { codeOf } from "../../reports/page/web/code.js";
import { say, speak } from "../../reports/page/web/words.js";

const PERSON = 31; // the opponent in codes of games that people played

/** What every browser may know of the class, and words in the reader's language. */
export async function prepare() {
  const files = ["/about.json", "/reports/page/web/words.json", "/classroom/web/class_words.json"];
  const [about, page, own] = await Promise.all(files.map(async (file) => (await fetch(file)).json()));
  const all = Object.fromEntries(Object.keys(page).map((code) => [code, { ...page[code], ...own[code] }]));
  about.language = localStorage.getItem("snapback.language") ?? (navigator.language.startsWith("fr") ? "fr" : "en");
  speak(all, about.language);
  for (const one of about.governments) one.capital = all[about.language][`capital.${one.capital}`] ?? one.capital;
  const options = Object.keys(all).map((code) => el("option", { value: code, selected: code === about.language }, all[code].language));
  const languages = el("select", { "aria-label": "Language / Langue" }, ...options);
  languages.addEventListener("change", () => {
    localStorage.setItem("snapback.language", languages.value);
    location.reload();
  });
  about.lost = el("p", { class: "complaint", role: "alert", hidden: true }, say("class.lost"));
  about.header = el("header", {}, el("span", { class: "title" }, "Snapback"), el("span", { class: "scenario" }, about.title), languages, about.lost);
  about.root = el("main", {});
  document.body.replaceChildren(about.header, about.root);
  return about;
}

/** Hold a line until a problem ends it; what it gives says something to the server.
 *  @param {any} about @param {string} path @param {any} hello @param {(screen: any) => void} show */
export function connect(about, path, hello, show) {
  let last = "", over = false;
  /** @type {WebSocket} */
  let socket;
  const open = () => {
    socket = new WebSocket(`ws://${location.host}${path}`);
    socket.onopen = () => socket.send(JSON.stringify(hello));
    socket.onmessage = ({ data }) => {
      about.lost.hidden = true;
      if (data === last) return;
      const screen = JSON.parse((last = data));
      over = Boolean(screen.problem) || screen.phase === "end";
      if (screen.name) hello = { do: "resume", token: hello.token };
      show(screen);
    };
    socket.onclose = () => {
      about.lost.hidden = over;
      if (!over) setTimeout(open, 400 + 400 * Math.random());
    };
  };
  open();
  return (/** @type {any} */ message) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));
}

/** Draw a screen; where its heading is new, whoever uses a keyboard goes on there.
 *  @param {Element} root @param {string} text @param {any[]} parts */
export function draw(root, text, parts) {
  const before = root.querySelector("h1")?.textContent, key = /** @type {any} */ (document.activeElement)?.dataset?.key;
  root.replaceChildren(el("h1", { tabindex: -1 }, text), ...parts.filter(Boolean));
  /** @type {any} */ (root.querySelector(before === text ? `[data-key="${key}"]` : "h1"))?.focus();
}

/** @param {string} key @param {() => void} onclick @param {any} [more] */
export function button(key, onclick, more = {}) {
  return el("button", { type: "button", "data-key": key, onclick, ...more }, say(key));
}

/** What opens a game on the page: its code, or a name. @param {any} about @param {any} game @param {number} seat @param {string} [name] */
export function gameLink(about, { treated, result: { seed, said, chosen } }, seat, name) {
  const code = codeOf({ seat, opponent: PERSON, seed, said, chosen }, about.versions[treated]);
  const page = { page: about.name, version: about.versions[0].slice(0, 12), language: about.language };
  const words = new URLSearchParams({ ...page, ...about.changes[treated], game: code });
  return el("a", { href: `/page#${words}`, target: "_blank", rel: "noopener" }, name ?? code);
}
