// @ts-check
// Elements. Text becomes text, never markup.

/** @typedef {Record<string, any>} Props */
/** @typedef {Node | string | number | null | false | undefined} Child */

/** @param {Element} node @param {Props} props @param {Child[]} children @returns {any} */
function fill(node, props, children) {
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== false && child !== undefined) node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/** @param {string} tag @param {Props} [props] @param {Child[]} children @returns {any} */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** @param {string} tag @param {Props} [props] @param {Child[]} children @returns {any} */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

/** @param {string} caption @param {string[]} heads @param {(string | number)[][]} rows  Numbers stand to the right. */
export function tableOf(caption, heads, rows) {
  const cell = (/** @type {string | number} */ x) => el("td", { class: /^[-+−\d]/.test(String(x)) && "number" }, x);
  return el("div", { class: "caption" }, el("p", {}, caption), el("div", { class: "wide", tabindex: 0, role: "region", "aria-label": caption },
    el("table", { "aria-label": caption, class: heads.length > 5 && "many" },
      el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), ...rest.map(cell)))))));
}

/** A picture with its sentence and its table. @param {Element} picture @param {string} sentence @param {string} more @param {Element} table */
export function figure(picture, sentence, more, table) {
  picture.setAttribute("aria-label", sentence);
  picture.setAttribute("role", "img");
  return el("figure", {}, picture, el("figcaption", {}, sentence), el("details", { class: "small" }, el("summary", {}, more), table));
}
