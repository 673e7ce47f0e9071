// @ts-check
// Elements. Text becomes text, never markup.

/** @typedef {Record<string, any>} Props */
/** @typedef {Node | string | number | null | false | undefined} Child */

/** What makes elements of a kind. @param {string} kind @returns {(tag: string, props?: Props, ...children: Child[]) => any} */
function maker(kind) {
  return (tag, props = {}, ...children) => {
    const node = document.createElementNS(`http://www.w3.org/${kind}`, tag);
    for (const [key, value] of Object.entries(props)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : String(value));
    }
    node.append(...children.filter((child) => child !== null && child !== false && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
    return node;
  };
}

export const el = maker("1999/xhtml"), svg = maker("2000/svg");

/** @param {string} caption @param {string[]} heads @param {(string | number)[][]} rows  Numbers stand to the right. */
export function tableOf(caption, heads, rows) {
  const cell = (/** @type {string | number} */ x) => el("td", { class: /^[-+−\d]/.test(String(x)) && "number" }, x);
  return el("div", { class: "caption" }, el("p", {}, caption), el("div", { class: "wide", tabindex: 0, role: "region", "aria-label": caption },
    el("table", { "aria-label": caption, class: heads.length > 4 && "many" },
      el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), ...rest.map(cell)))))));
}

/** A picture with its sentence and its table. @param {Element} picture @param {string} sentence @param {string} more @param {Element} table */
export function figure(picture, sentence, more, table) {
  picture.setAttribute("aria-label", sentence);
  picture.setAttribute("role", "img");
  return el("figure", {}, picture, el("figcaption", {}, sentence), el("details", { class: "small" }, el("summary", {}, more), table));
}
