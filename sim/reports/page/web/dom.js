// @ts-check
// Elements. Text becomes text, never markup.
import { say } from "./words.js";

/** What makes elements of a kind. @param {string} kind @returns {(tag: string, props?: Props, ...children: Child[]) => any} */
function maker(kind) {
  return (tag, props = {}, ...children) => {
    const node = document.createElementNS(`http://www.w3.org/${kind}`, tag);
    for (const [key, value] of Object.entries(props)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : String(value));
    }
    node.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== false && child !== undefined)));
    return node;
  };
}

export const el = maker("1999/xhtml"), svg = maker("2000/svg");

/** A button with its word, by whose key it is known again.
 *  @param {string} key @param {() => void} onclick @param {Props} [more] @param {Record<string, string | number>} [blanks] */
export const button = (key, onclick, more = {}, blanks = {}) =>
  el("button", { type: "button", "data-key": key, onclick, ...more }, say(key, blanks));

/** A choice of one. @param {[string | number, string][]} options  Values, each with what is read. @param {Props} [more] */
export const choiceOf = (options, value, more = {}) =>
  el("select", more, ...options.map(([own, text]) => el("option", { value: own, selected: own === value }, text)));

/** The head of a page, with a choice among the languages.
 *  @param {string} title @param {Record<string, Names>} all @param {string} language @param {(language: string) => void} turn */
export function headerOf(title, all, language, turn) {
  const onchange = (event) => turn(event.target.value), options = Object.entries(all).map(([code, words]) => [code, words.language]);
  const choice = choiceOf(/** @type {any} */ (options), language, { "aria-label": "Language / Langue", onchange });
  return el("header", {}, el("span", { class: "title" }, "Snapback"), " ", el("span", { class: "scenario" }, title), choice);
}

/** What went wrong. @param {string} text @param {Props} [more] */
export const complaintOf = (text, more = {}) => el("p", { role: "alert", class: "complaint", ...more }, text);

/** @param {string} caption @param {string[]} heads @param {(string | number)[][]} rows  Numbers stand to the right. */
export function tableOf(caption, heads, rows) {
  const cell = (/** @type {string | number} */ x) => el("td", { class: /^[-+−\d]/.test(String(x)) && "number" }, x);
  return el("div", { class: "caption" }, el("p", {}, caption), el("div", { class: "wide", tabindex: 0, role: "region", "aria-label": caption },
    el("table", { "aria-label": caption, class: heads.length > 4 && "many" },
      el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), ...rest.map(cell)))))));
}

/** A picture with its sentence and its table. @param {Element} picture @param {string} sentence @param {Element} table */
export function figure(picture, sentence, table) {
  picture.setAttribute("aria-label", sentence);
  picture.setAttribute("role", "img");
  return el("figure", {}, picture, el("figcaption", {}, sentence), el("details", { class: "small" }, el("summary", {}, say("as.table")), table));
}
