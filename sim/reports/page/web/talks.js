// @ts-check
// The table of talks: what somebody offers there or answers, how it is told, and what could be conceded on the scenario's day.
import { button, el, figure, svg, tableOf } from "./dom.js";
import { actText } from "./board.js";
import { frame } from "./picture.js";
import { dateOf, figureOf, percent, say } from "./words.js";

const MOST = 1e6; // [bn USD] of what is asked for in earnest: a bid that refuses asks for more

/** The offer that somebody made, or answered, when asked. @param {any} life @param {Seat} seat */
export function offerOf(life, { day, government, partner, proposing, time }) {
  const [proposer, responder] = proposing ? [government, partner] : [partner, government];
  return life.offers.filter((o) => o.day === day && o.proposer === proposer && o.responder === responder && (proposing || o.package))[time];
}

/** The acts of a package, a government's own and its partner's. @param {any[]} clauses @param {number} bits @param {number} government */
function sidesOf(data, clauses, bits, government) {
  const texts = [true, false].map((own) => clauses.filter((clause, k) => (bits >> k) & 1 && (clause.government === government) === own).map((act) => actText(data, act)));
  return texts.map((side) => (side.length ? side : [say("act.none")]));
}

/** What was offered to whom, and what came of it. @param {any[]} clauses */
export function offerText(data, offer, clauses) {
  const [who, whom] = [offer.proposer, offer.responder].map((place) => data.governments[place].capital), ending = data.constants.endings[offer.ending];
  const [gives, gets] = sidesOf(data, clauses, offer.package, offer.proposer).map((side) => side.join("; "));
  const came = ["accepted", "walked_out"].includes(ending) ? ending : offer.package ? "refused" : "silent";
  return `${dateOf(offer.day, "medium")}: ${say(`talk.${came}`, { who, whom, gives, gets, due: dateOf(offer.due_on, "medium") })}`;
}

/** All that was offered to or by somebody; of a meeting that is over without a deal it is said so. @param {any[]} talks @param {number} government */
export function offersOf(data, life, talks, government, asked) {
  const all = life.offers.filter((o) => [o.proposer, o.responder].includes(government));
  return all.map((offer, k) => {
    const goes = (asked?.clauses && asked.day === offer.day) || all[k + 1]?.day === offer.day || ["accepted", "walked_out"].includes(data.constants.endings[offer.ending]);
    const text = offerText(data, offer, talks.find((t) => t.offer === offer)?.clauses ?? []);
    return { day: offer.day, offer, text: goes ? text : `${text} ${say("talk.over")}` };
  });
}

/** Offers with what they were worth, for after the game. @param {{offer: any, text: string}[]} offers */
export function offerTable(offers) {
  const figures = ["worth", "partner_worth", "believed_worth", "waiting", "demand", "answer"], made = offers.filter(({ offer }) => offer.package);
  const rows = made.map(({ offer, text }) => [text, ...figures.map((name) => (offer[name] < MOST ? figureOf(offer[name]) : ""))]);
  return made.length > 0 && tableOf(say("talk.table"), [say("talk.made"), ...figures.map((name) => say(`talk.column.${name}`))], rows);
}

/** What somebody sees at the table below a heading: an offer to make, or one to answer.
 *  @param {any} data @param {Names} names @param {any} seat  With the offer as it would end if it were accepted. @param {string[]} news @param {(bid: number) => void} speak */
export function tableBoard(data, names, { view, government, proposing, clauses, bids, offer }, news, speak) {
  const { accept, refuse, delegate } = data.layout.bids, taken = data.constants.endings[offer?.ending] === "accepted", days = view.days_to_deadline;
  const lists = (/** @type {number} */ bits) => el("div", { class: "sides" }, ...sidesOf(data, clauses, bits, government).map((side, k) =>
    el("div", {}, el("p", {}, say(k ? "talk.gets" : "talk.gives", names)), el("ul", {}, ...side.map((text) => el("li", {}, text))))));
  const input = el("input", { type: "range", min: 0, max: bids.length - 1, step: 1, value: bids.length >> 1, "aria-label": say("talk.slider", names), oninput: () => show() });
  const worth = el("output", {}), box = el("div", {});
  const show = () => {
    const { own, partner, package: bits } = bids[input.value];
    worth.textContent = say("talk.worth.offer", { ...names, own: figureOf(own), partner: figureOf(partner) });
    input.setAttribute("aria-valuetext", worth.textContent);
    box.replaceChildren(lists(bits));
  };
  const ends = el("p", { class: "ends", "aria-hidden": "true" }, ...[names.me, names.them].map((who) => el("span", {}, say("talk.best", { who }))));
  const nothing = button("talk.nothing", () => speak(refuse), { class: "plain" });
  const offering = () => {
    show();
    return [el("p", {}, say("talk.choose")), el("div", { class: "slider" }, input, ends), el("p", {}, worth), box, el("p", { class: "counts" }, button("talk.make", () => speak(bids[input.value].bid)), nothing)];
  };
  const answering = () => [el("p", {}, say("talk.they", names)), lists(offer.package),
    el("p", {}, el("output", {}, say("talk.worth.answer", { own: figureOf(offer.partner_worth) })), !taken && ` ${say("talk.less")}`),
    el("p", { class: "counts" }, button("talk.accept", () => speak(accept), { disabled: !taken }), button("talk.refuse", () => speak(refuse)))];
  return [
    news.length > 0 && el("ul", {}, ...news.map((text) => el("li", {}, text))),
    ...(!proposing ? answering() : bids.length ? offering() : [el("p", {}, say("talk.none")), nothing]),
    el("p", {}, button("talk.delegate", () => speak(delegate), { class: "plain" })),
    el("p", { class: "note" }, say("talk.facts", { ...names, trust: percent(view.trust), breakdown: percent(view.breakdown) }),
      days >= 0 && ` ${say(days ? "talk.deadline" : "talk.last", { days })}`),
  ];
}

/** The table of the scenario's day, with the frontier of the packages that both would rather have than none. */
export function tablePanel({ data, width }) {
  const { sides, day, clauses, frontier, packages } = data.table, [one, other] = sides.map((/** @type {number} */ place) => data.governments[place].capital);
  const names = { day: dateOf(day), one, other }, figures = (/** @type {number[]} */ worth) => worth.map((x) => figureOf(x));
  const { root, x, y } = frame(width, [...frontier, ...packages.map((p) => p.worth)]);
  root.append(svg("path", { class: "line one", d: `M${frontier.map((/** @type {number[]} */ [a, b]) => `${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("L")}` }));
  packages.forEach(({ shape, worth }, k) => {
    const before = packages.slice(0, k).filter((p) => String(p.worth) === String(worth)).length; // at the same place
    root.append(svg("text", { class: "shape", x: x(worth[0]) - 18 * before, y: y(worth[1]) + 7, "text-anchor": "middle" }, shape));
  });
  const best = packages.find((p) => p.name === "credible"), [first, second] = best ? figures(best.worth) : [];
  const sentence = `${say("table.sentence", { ...names, clauses: clauses.length, edge: frontier.length })} ${best ? say("table.credible", { ...names, count: best.count, first, second }) : say("table.none")}`;
  const heads = [say("package"), say("table.clauses"), one, other, ...[one, other].map((who) => say("table.fulfils", { who }))];
  const table = tableOf(say("table.packages"), heads, packages.map((p) => [`${p.shape} ${say(`table.${p.name}.name`)}`, p.count, ...figures(p.worth), ...[0, 1].map((k) => (p.fulfils.length ? percent(p.fulfils[k]) : ""))]));
  const rows = clauses.map((c) => [`${say(`act.${c.act}`)}: ${c.title}`, [one, other][c.issuer], ...figures(c.worth), c.enters ? dateOf(c.enters, "medium") : ""]);
  return el("div", {}, figure(root, sentence, table), tableOf(say("table.each"), [say("table.clause"), say("table.by"), one, other, say("table.enters")], rows));
}
