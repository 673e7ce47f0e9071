// @ts-check
// Pictures as SVG: lines and bands over days, and the lives of measures. Shapes tell what colours tell.
import { svg } from "./dom.js";
import { dateOf, plainNumber, say } from "./words.js";

const LEFT = 44, RIGHT = 8, TOP = 10, BOTTOM = 24, ROW = 26;

/** An empty picture. @param {number} width @param {number} height */
const sheet = (width, height) => svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "picture" });

/** What takes a number to a place, straight from ends to ends. @param {number} low @param {number} high @param {number} from @param {number} to */
const scaleOf = (low, high, from, to) => (/** @type {number} */ value) => from + ((value - low) / (high - low || 1)) * (to - from);

/** The steps of a path over days; days on which nothing changes are left out. @param {number[]} values @param {Scale} scale */
function pathText(values, { x, y, start }) {
  let text = `M${x(start).toFixed(1)} ${y(values[0]).toFixed(1)}`;
  for (let day = 1; day < values.length; day++) {
    if (values[day] !== values[day - 1]) text += `H${x(start + day).toFixed(1)}V${y(values[day]).toFixed(1)}`;
  }
  return `${text}H${x(start + values.length - 1).toFixed(1)}`;
}

/** A round number not below another. @param {number} value */
function roundUp(value) {
  const size = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return [1, 2, 4, 5, 8, 10].map((k) => k * size).find((edge) => edge >= value - 1e-9) ?? value;
}

/** Lines over days, each of a class: `yes`, `no`, `one` or `other`.
 *  @param {number} width @param {{start: number, end: number, unit: string, mark: number, lines: Line[], bands?: number[][]}} what */
export function lines(width, { start, end, unit, mark, lines: drawn, bands }) {
  const all = [...drawn.map((line) => line.values), ...(bands ?? [])];
  const top = roundUp(all.reduce((most, values) => values.reduce((a, b) => Math.max(a, b), most), 1));
  const height = Math.round(Math.min(300, Math.max(180, width * 0.45))), root = sheet(width, height);
  const x = scaleOf(start, end, LEFT, width - RIGHT), y = scaleOf(0, top, height - BOTTOM, TOP), scale = { x, y, start };
  for (const value of [0, 1, 2, 3, 4].map((k) => (top * k) / 4)) {
    root.append(svg("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
      svg("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, plainNumber(value) + unit));
  }
  for (let k = 0, last = width > 560 ? 4 : 2; k <= last; k++) {
    const day = Math.round(start + ((end - start) * k) / last);
    root.append(svg("text", { x: x(day), y: height - 6, "text-anchor": k === 0 ? "start" : k === last ? "end" : "middle" }, dateOf(day, "medium")));
  }
  if (bands) {
    for (const [low, high] of [[0, 4], [1, 3]]) root.append(svg("path", { class: "band", d: bandText(bands[low], bands[high], scale) }));
    root.append(svg("path", { class: "line one", d: pathText(bands[2], scale) }));
  }
  for (const { values, kind } of drawn) root.append(svg("path", { class: `line ${kind}`, d: pathText(values, scale) }));
  root.append(svg("line", { class: "mark", x1: x(mark), x2: x(mark), y1: TOP, y2: height - BOTTOM }),
    svg("text", { x: x(mark) + 4, y: TOP + 8 }, say("mark")));
  return root;
}

/** @param {number[]} low @param {number[]} high @param {Scale} scale */
function bandText(low, high, { x, y, start }) {
  const places = (/** @type {number[]} */ values) => values.map((value, day) => `${x(start + day).toFixed(1)} ${y(value).toFixed(1)}`);
  return `M${[...places(high), ...places(low).reverse()].join("L")}Z`;
}

/** The lives of measures: a row each, a box for each time in one status. @param {number} width @param {{start: number, end: number, mark: number, rows: Measure[]}} what */
export function measureLives(width, { start, end, mark, rows }) {
  const height = rows.length * ROW * 2 + BOTTOM, root = sheet(width, height), x = scaleOf(start, end, 4, width - 4);
  rows.forEach(({ title, times }, k) => {
    const most = Math.floor(width / 7.2);
    root.append(svg("text", { x: 4, y: k * ROW * 2 + 20 }, title.length > most ? `${title.slice(0, most - 1)}…` : title));
    for (const { from, to, status } of times) {
      const tall = { in_force: 16, suspended: 8, available: 2, lifted: 2 }[status] ?? 2;
      root.append(svg("rect", { class: `life ${status}`, x: x(from), width: Math.max(1, x(to) - x(from)), y: k * ROW * 2 + 44 - tall, height: tall }));
    }
  });
  root.append(svg("line", { class: "mark", x1: x(mark), x2: x(mark), y1: 0, y2: height - BOTTOM }),
    svg("text", { x: 4, y: height - 6 }, dateOf(start, "medium")), svg("text", { x: width - 4, y: height - 6, "text-anchor": "end" }, dateOf(end, "medium")));
  return root;
}

/** A frame for points of two numbers, nought in it. @param {number} width @param {number[][]} points */
export function frame(width, points) {
  const height = Math.round(Math.min(360, width * 0.8)), ends = [0, 1].map((k) => points.map((p) => p[k])).map((values) => [Math.min(...values), Math.max(...values)]);
  const x = scaleOf(ends[0][0], ends[0][1], LEFT + 16, width - RIGHT - 16), y = scaleOf(ends[1][0], ends[1][1], height - BOTTOM - 16, TOP + 16);
  const root = sheet(width, height);
  root.append(svg("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(0), y2: y(0) }), svg("line", { class: "grid", x1: x(0), x2: x(0), y1: TOP, y2: height - BOTTOM }));
  for (const value of ends[0]) root.append(svg("text", { x: x(value), y: height - 6, "text-anchor": "middle" }, plainNumber(value)));
  for (const value of ends[1]) root.append(svg("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, plainNumber(value)));
  return { root, x, y };
}
