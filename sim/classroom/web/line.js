// @ts-check
// The line to the server: tried again until it holds; every screen that comes is drawn.
import { complaintOf, el, headerOf } from "../../reports/page/web/dom.js";
import { codeOf } from "../../reports/page/web/code.js";
import { say, speak } from "../../reports/page/web/words.js";

const PERSON = 31; // the opponent in codes of games that people played

/** What every browser may know of the class, its words among it. */
export async function prepare() {
  const about = await (await fetch("/about.json")).json();
  about.language = localStorage.getItem("snapback.language") ?? (navigator.language.startsWith("fr") ? "fr" : "en");
  speak(about.words, about.language, about.governments);
  about.header = headerOf(about.title, about.words, about.language, (language) => {
    localStorage.setItem("snapback.language", language);
    location.reload();
  });
  about.root = el("main", {});
  about.lost = about.header.appendChild(complaintOf(say("class.lost"), { hidden: true }));
  document.body.replaceChildren(about.header, about.root);
  return about;
}

/** Hold a line until a problem ends it; `about.tell` then says something to the server.
 *  @param {any} about @param {string} path @param {any} hello @param {(screen: any) => void} show */
export function connect(about, path, hello, show) {
  let last = "", over = false;
  const open = () => {
    const socket = (about.line = new WebSocket(`ws://${location.host}${path}`));
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
  about.tell = (message) => about.line.readyState === WebSocket.OPEN && about.line.send(JSON.stringify(message));
}

/** Draw a screen; where its heading is new, whoever uses a keyboard goes on there.
 *  @param {Element} root @param {string} text @param {any[]} parts */
export function draw(root, text, parts) {
  const before = root.querySelector("h1")?.textContent, key = /** @type {any} */ (document.activeElement)?.dataset?.key;
  root.replaceChildren(el("h1", { tabindex: -1 }, text), ...parts.filter(Boolean));
  /** @type {any} */ (root.querySelector(before === text ? `[data-key="${key}"]` : "h1"))?.focus();
}

/** What opens a game on the page: its code, or a name. @param {any} about @param {any} game @param {number} seat @param {string} [name] */
export function gameLink(about, { treated, result: { seed, said, chosen, words } }, seat, name) {
  const code = codeOf({ seat, opponent: PERSON, seed, said, chosen, words }, about.versions[treated]);
  const page = { page: about.name, version: about.versions[0].slice(0, 12), language: about.language };
  const address = new URLSearchParams({ ...page, ...about.changes[treated], game: code });
  return el("a", { href: `/page#${address}`, target: "_blank", rel: "noopener" }, name ?? code);
}
