// @ts-check
// The line to the server: tried again until it holds; every screen that comes is drawn.
import { el } from "../../reports/page/web/dom.js";
import { say, speak } from "../../reports/page/web/words.js";

/** What every browser may know of the class, and words in the reader's language. */
export async function prepare() {
  const files = ["/about.json", "/reports/page/web/words.json", "/classroom/web/class_words.json"];
  const [about, page, own] = await Promise.all(files.map(async (file) => (await fetch(file)).json()));
  const all = Object.fromEntries(Object.keys(page).map((code) => [code, { ...page[code], ...own[code] }]));
  const language = localStorage.getItem("snapback.language") ?? (navigator.language.startsWith("fr") ? "fr" : "en");
  speak(all, language);
  about.capitals = about.capitals.map((/** @type {string} */ c) => all[language][`capital.${c}`] ?? c);
  const languages = el("select", { "aria-label": "Language / Langue" }, ...Object.keys(all).map((code) => el("option", { value: code }, all[code].language)));
  languages.value = language;
  languages.addEventListener("change", () => {
    localStorage.setItem("snapback.language", languages.value);
    location.reload();
  });
  about.header = el("header", {}, el("span", { class: "title" }, "Snapback"), el("span", { class: "scenario" }, about.title), languages);
  about.lost = el("p", { class: "complaint", role: "alert", hidden: true }, say("class.lost"));
  about.root = el("main", {});
  document.body.replaceChildren(about.header, about.lost, about.root);
  return about;
}

/** Hold a line until a problem ends it. @param {any} about @param {string} path @param {any} hello @param {(screen: any) => void} show */
export function connect(about, path, hello, show) {
  let last = "", over = false;
  /** @type {WebSocket} */
  let socket;
  const open = () => {
    socket = new WebSocket(`ws://${location.host}${path}`);
    socket.addEventListener("open", () => socket.send(JSON.stringify(hello)));
    socket.addEventListener("message", ({ data }) => {
      about.lost.hidden = true;
      if (data === last) return;
      last = data;
      const screen = JSON.parse(data);
      over = Boolean(screen.problem) || screen.phase === "end";
      if (screen.name) hello = { do: "resume", token: hello.token };
      show(screen);
    });
    socket.addEventListener("close", () => {
      about.lost.hidden = over;
      if (!over) setTimeout(open, 400 + 400 * Math.random());
    });
  };
  open();
  return (/** @type {any} */ said) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(said));
}

/** Draw a screen; where its heading is new, whoever uses a keyboard goes on there. @param {Element} root @param {any[]} parts */
export function draw(root, parts) {
  const before = root.querySelector("h1")?.textContent, focus = /** @type {any} */ (document.activeElement)?.dataset?.key;
  root.replaceChildren(...parts.filter(Boolean));
  const heading = /** @type {any} */ (root.querySelector("h1"));
  if (heading?.textContent !== before) heading?.focus();
  else if (focus) /** @type {any} */ (root.querySelector(`[data-key="${focus}"]`))?.focus();
}

/** @param {string} key @param {() => void} onclick @param {any} [more] @param {any} [blanks] */
export function button(key, onclick, more = {}, blanks = {}) {
  return el("button", { type: "button", "data-key": key, onclick, ...more }, say(key, blanks));
}

/** A heading that can be gone to. @param {string} text */
export function heading(text) {
  return el("h1", { tabindex: -1 }, text);
}
