// @ts-check
// A lesson above the page: its question first, and what to do only once an answer to it was chosen.
import { el } from "./dom.js";
import { say } from "./words.js";

/** Whether the page still waits for the reader's prediction; whoever opens a game has made one. @param {any} app */
export function waits(app) {
  return app.data.lesson !== null && app.predicted === undefined && !app.settings.game;
}

/** The lesson; nothing on a page that has none. @param {any} app */
export function lessonCard(app) {
  const { lesson } = app.data;
  if (!lesson) return null;
  const choose = (/** @type {string} */ choice) => () => app.show({ predicted: choice }, "lesson-do");
  const choices = lesson.choices.map((/** @type {string} */ choice) =>
    el("button", { type: "button", class: "count", "aria-pressed": String(app.predicted === choice), onclick: choose(choice) }, choice));
  const parts = [el("h1", {}, say("lesson.title", lesson)), ...textOf(lesson.sections.Question), el("h2", { id: "lesson-predict" }, lesson.question),
    el("div", { class: "counts", role: "group", "aria-labelledby": "lesson-predict" }, ...choices)];
  if (!waits(app)) {
    parts.push(el("h2", { tabindex: -1, id: "lesson-do" }, say("lesson.do")), ...textOf(lesson.sections.Do),
      el("details", { class: "small" }, el("summary", {}, say("lesson.notice")), ...textOf(lesson.sections.Notice)));
  }
  return el("section", { class: "lesson", "aria-label": say("lesson.title", lesson), lang: "en" }, ...parts);
}

/** Paragraphs and lists of a lesson's Markdown; commands stay as they are typed. @param {string} text */
function textOf(text) {
  return text.split(/\n\n+/).map((block) => {
    if (block.startsWith("```")) return el("pre", {}, block.replace(/^```\w*\n|\n?```$/g, ""));
    const items = block.split(/^(?:\d+\.|-) /m).slice(1);
    if (!items.length) return el("p", {}, ...inline(block));
    return el(block.startsWith("-") ? "ul" : "ol", {}, ...items.map((item) => el("li", {}, ...inline(item))));
  });
}

/** Text with **what is clicked** and `what is typed`. @param {string} text */
function inline(text) {
  return text.trim().split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/).map((part) => {
    const tag = part.startsWith("**") ? "strong" : part.startsWith("*") ? "em" : part.startsWith("`") ? "code" : null;
    return tag ? el(tag, {}, part.replace(/^[*`]+|[*`]+$/g, "")) : part;
  });
}
