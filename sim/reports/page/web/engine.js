// @ts-check
// The rules in the browser: memory, arrays and calls. What they do is written in Python, and only there.

const PARAMETERS = 8, MEMORY = 8; // numbers of a strategy, at most
const FORCE = 6, WORD = 8, DATA = 16, NEVER = -1n; // words of a forced move, bytes of a word, where Numba keeps the place of data behind their count, no day

export async function loadRules(bytes) {
  const rules = /** @type {any} */ ({ heap: 0, freed: [] });
  const view = () => new DataView(rules.memory.buffer);
  rules.room = (size) => {
    const at = (rules.heap + 15) & ~15;
    rules.heap = at + Number(size);
    const missing = rules.heap - rules.memory.buffer.byteLength;
    if (missing > 0) rules.memory.grow(Math.ceil(missing / 65536) + 16);
    return at;
  };
  /** Room for what Numba keeps: of its size, a power of two that is written before it, what was given back, else new.
   *  @param {number | bigint} size */
  const take = (size) => {
    const k = 32 - Math.clz32(Number(size)), at = rules.freed[k]?.pop() ?? rules.room(2 ** k + 16) + 16;
    view().setUint32(at - 16, k, true);
    return at;
  };
  const give = (/** @type {number} */ at) => void (rules.freed[view().getUint32(at - 16, true)] ??= []).push(at);
  const info = (/** @type {bigint} */ size) => {
    const at = take(DATA + 4);
    view().setBigInt64(at, 1n, true);
    view().setUint32(at + DATA, take(size), true);
    return at;
  };
  const shims = {
    NRT_MemInfo_new_varsize_dtor: info, NRT_MemInfo_alloc: info, NRT_MemInfo_alloc_safe_aligned: info,
    NRT_MemInfo_varsize_realloc: (/** @type {number} */ at, /** @type {bigint} */ size) => {
      const old = view().getUint32(at + DATA, true), data = take(size);
      new Uint8Array(rules.memory.buffer).copyWithin(data, old, old + Number(size));
      view().setUint32(at + DATA, data, true);
      give(old);
      return data;
    },
    NRT_MemInfo_call_dtor: (/** @type {number} */ at) => [view().getUint32(at + DATA, true), at].forEach(give),
    NRT_Allocate: take, NRT_Free: give,
    page_asked_move: (/** @type {any[]} */ ...words) => BigInt(rules.ask("view", words)),
    page_asked_word: (/** @type {any[]} */ ...words) => rules.ask("tableView", words),
    __multi3: (/** @type {number} */ at, /** @type {bigint} */ a, /** @type {bigint} */ high, /** @type {bigint} */ b, /** @type {bigint} */ higher) => {
      const low = (1n << 64n) - 1n, product = ((a & low) | ((high & low) << 64n)) * ((b & low) | ((higher & low) << 64n));
      view().setBigUint64(at, product & low, true);
      view().setBigUint64(at + 8, (product >> 64n) & low, true);
    },
  };
  const env = new Proxy(shims, { get: (_, name) => /** @type {any} */ (shims)[name] ?? /** @type {any} */ (Math)[name] ?? (() => { throw new Error(`the rules called ${String(name)}`); }) });
  const code = /** @type {any} */ ((await WebAssembly.instantiate(bytes, { env })).instance.exports);
  return Object.assign(rules, { code, memory: code.memory, heap: code.__heap_base.value });
}

/** Put a first morning into the memory of the rules. @param {Layout} layout @param {Uint8Array} bytes */
export function placeWorld(rules, layout, bytes) {
  const first = rules.room(bytes.length);
  new Uint8Array(rules.memory.buffer).set(bytes, first);
  const now = rules.room(layout.words * WORD);
  const words = Object.values(layout.world).flatMap((field) => field.shape
    ? [BigInt((field.own ? now : first) + Number(field.at)), ...field.shape.map(BigInt)]
    : [BigInt(String(field.word))]);
  const header = rules.room(words.length * WORD);
  new BigInt64Array(rules.memory.buffer, header, words.length).set(words);
  const places = ({ at, size, members, shape }) => Array.from({ length: shape[0] }, (_, k) =>
    Object.fromEntries(Object.entries(members).map(([name, [place, kind]]) => [name, [[at + k * size + place, kind]]])));
  return { rules, layout, first, now, header, acts: places(layout.world.acts), measures: places(layout.world.measures), pairs: places(layout.world.pairs) };
}

/** Read or write a number of the first morning at its places. @param {[number, string][]} places @param {number} [value] */
export function numberAt(world, places, value) {
  const data = new DataView(world.rules.memory.buffer);
  for (const [place, kind] of places) {
    const at = world.first + place;
    if (value === undefined) return kind === "i8" ? Number(data.getBigInt64(at, true)) : data.getFloat64(at, true);
    if (kind === "i8") data.setBigInt64(at, BigInt(Math.round(value)), true);
    else data.setFloat64(at, value, true);
  }
  return value ?? NaN;
}

/** Play a run of a world. @param {Wish} wish @returns {Life} */
export function play(world, wish) {
  const { rules, layout } = world, mark = rules.heap;
  const n = layout.governments.length, end = wish.end ?? layout.end, days = end - layout.start + 1, rows = days * n * n + 8;
  const forces = wish.forces ?? [], all = [...wish.players, ...(wish.speakers ?? [])], talking = all.length - n;
  const tables = [layout.DecisionRecord, layout.ActRecord, layout.Change, layout.OfferRecord].map((names, k) => ({ names, rows: k === 1 ? 4 * rows : rows }));
  const sizes = [layout.pending * n * n, WORD, WORD * all.length, WORD * all.length * PARAMETERS, WORD * FORCE * forces.length,
    WORD * n * layout.costs.length, WORD * days * n * n, WORD * tables.length, 64, 64, ...tables.map((t) => WORD * t.rows * t.names.length)];
  const [pending, numbers, players, parameters, forced, costs, evenings, counts, answer, error, ...places] = sizes.map(rules.room);
  const buffer = () => rules.memory.buffer;
  new BigInt64Array(buffer(), numbers, 1)[0] = BigInt(wish.run ?? 0);
  new BigInt64Array(buffer(), forced, FORCE * forces.length).set(forces.flat().map(BigInt));
  const asked = wish.asked ?? [], hook = (k) => (k < n ? "asked_move" : "asked_word");
  new BigInt64Array(buffer(), players, all.length).set(all.map((p, k) => rules.code[`at_${asked[k] ? hook(k) : p.name}`]()));
  const values = new Float64Array(buffer(), parameters, all.length * PARAMETERS).fill(0);
  all.forEach((p, k) => values.set(p.numbers, k * PARAMETERS));
  rules.ask = (/** @type {"view" | "tableView"} */ kind, /** @type {any[]} */ words) => {
    const seat = (words[layout[kind].length + 4] - parameters) / (WORD * PARAMETERS), ask = /** @type {Asked} */ (asked[seat]);
    return kind === "view" ? moveOf(world, all[seat], seat, words, ask) : ask(tableQuestion(world, all[seat], seat - n, words));
  };
  const status = rules.code.play(answer, error, world.header, ...array(world.now, [layout.words]), ...array(world.first, [1, layout.words]),
    ...array(pending, [n * n], layout.pending), wish.seed ?? 1n, ...array(numbers, [1]), BigInt(layout.start), BigInt(end),
    ...array(players, [n]), ...array(parameters, [1, n, PARAMETERS]), ...array(players + WORD * n, [talking]),
    ...array(parameters + WORD * PARAMETERS * n, [talking, PARAMETERS]), ...array(forced, [forces.length], WORD * FORCE),
    ...array(costs, [1, n, layout.costs.length]), ...array(evenings, [days, n * n]),
    ...tables.flatMap((t, k) => array(places[k], [t.rows, t.names.length])), ...array(counts, [tables.length]));
  const said = new BigInt64Array(buffer(), answer, 1)[0];
  rules.heap = mark;
  rules.freed = [];
  if (status !== 0) throw new Error(`the rules stopped with ${status}`);
  const made = Array.from(new BigInt64Array(buffer(), counts, tables.length), Number);
  const [moves, acts, changes, offers] = tables.map((t, k) => table(buffer(), places[k], Math.min(made[k], t.rows), t.names));
  if (said !== NEVER && asked.every((ask) => !ask)) throw new Error("a strategy said what is no move");
  return {
    moves, acts, changes, offers,
    evenings: new Float64Array(buffer().slice(evenings, evenings + WORD * days * n * n)),
    costs: new Float64Array(buffer().slice(costs, costs + WORD * n * layout.costs.length)),
    days,
  };
}

/** The words of an array as Numba's code takes it. @param {number} data @param {number[]} shape @param {number} [item] */
function array(data, shape, item = WORD) {
  const steps = [item];
  for (const size of shape.slice(1).reverse()) steps.unshift(steps[0] * size);
  const count = shape.reduce((a, b) => a * b, 1);
  return [0, 0, BigInt(count), BigInt(item), data, ...shape.map(BigInt), ...steps.map(BigInt)];
}

/** @param {ArrayBuffer} buffer @param {number} at @param {number} rows @param {string[]} names @returns {Row[]} */
function table(buffer, at, rows, names) {
  const numbers = new Float64Array(buffer, at, rows * names.length);
  return Array.from({ length: rows }, (_, row) => Object.fromEntries(names.map((name, k) => [name, numbers[row * names.length + k]])));
}

/** A number that a function of the rules gives: whole, or of doubles. @param {string} name @param {any[]} words @param {boolean} whole */
function called(rules, name, words, whole) {
  const answer = rules.room(WORD), error = rules.room(WORD);
  rules.code[name](answer, error, ...words);
  return Number(new (whole ? BigInt64Array : Float64Array)(rules.memory.buffer, answer, 1)[0]);
}

/** What a player is shown by its words. @param {string[]} names @param {any[]} words @returns {Row} */
const shown = (names, words) => Object.fromEntries(names.map((name, k) => [name, Number(words[k])]));

/** The move of a seat that is asked: it is shown what its strategy would be shown.
 *  @param {Player} player @param {number} government @param {any[]} words @param {Asked} ask */
function moveOf(world, player, government, words, ask) {
  const { rules, layout } = world, n = layout.governments.length, luck = layout.view.indexOf("luck");
  const pair = (words[layout.view.length + 11] - world.now - layout.world.memories.at) / (WORD * MEMORY), partner = pair % n;
  const machine = (/** @type {number} */ draw = words[luck]) => called(rules, player.name, words.map((word, k) => (k === luck ? draw : word)), true);
  const meets = () => numberAt({ ...world, first: world.now }, world.pairs[pair].summit_on);
  const move = ask({ view: shown(layout.view, words), government, partner, meets, machine, acts: () => tableOfActs(world, government, partner) });
  wipeActs(world);
  return move;
}

/** What somebody is asked at a table of talks; `bid` gives the number that stands for a bid.
 *  @param {Player} speaker @param {number} government @param {any[]} words */
function tableQuestion(world, speaker, government, words) {
  const { rules, layout } = world, view = shown(layout.tableView, words);
  const lay = () => {
    const counts = rules.room(2 * WORD), rows = 64, kinds = [layout.ActRecord, layout.Bid];
    const places = kinds.map((names) => rules.room(WORD * rows * names.length));
    called(rules, "table", [world.header, BigInt(government), ...kinds.flatMap((names, k) => array(places[k], [rows, names.length])), ...array(counts, [2])], true);
    const made = Array.from(new BigInt64Array(rules.memory.buffer, counts, 2), Number);
    return kinds.map((names, k) => table(rules.memory.buffer, places[k], made[k], names));
  };
  return { view, government, lay, machine: () => called(rules, speaker.name, words, false), bid: (/** @type {number} */ bid) => called(rules, "demand", [BigInt(bid), view.best], false) };
}

/** What a government weighs at the decision at hand: the table of acts, without what is left of earlier ones.
 *  @param {number} government @param {number} partner @returns {Row[]} */
function tableOfActs(world, government, partner) {
  const rows = world.acts.map((row) => Object.fromEntries(Object.keys(row).map((name) => [name, numberAt(world, row[name])])));
  const issuer = measureNumbers(world, "issuer"), target = measureNumbers(world, "target");
  return rows.filter((/** @type {Row} */ row) => row.act > 0 && !Number.isNaN(row.value) && issuer[row.measure] === government && target[row.measure] === partner);
}

/** Mark the table of acts as used: rows that the next decision does not write are then known to be old.
 *  What the evening reads of them, the acts that are chosen, stays. */
function wipeActs(world) {
  for (const { weighed, value, act } of world.acts) {
    if (numberAt(world, weighed) === 1) numberAt(world, value, NaN);
    else numberAt(world, act, 0);
  }
}

/** A number of every measure on the first morning. @param {string} name @returns {number[]} */
export const measureNumbers = (world, name) => world.measures.map((row) => numberAt(world, row[name]));
