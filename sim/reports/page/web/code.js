// @ts-check
// A game as a few letters that can be read out: side, opponent, luck and every move, with a check; after a full stop the acts
// that were chosen, if any were, and after another one the bids that were made in talks.

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // no I, L, O, U: they are mistaken for others
const CHECK = 1021n, MEASURES = 256, ACTS = 16, DECISIONS = 256, BIDS = 33; // more than there are

/** A number that stands for a version of the page, and for what its reader has set. @param {string} version */
function stamp(version) {
  const sum = [...version.slice(12)].reduce((so, letter) => (so * 31 + letter.charCodeAt(0)) % 65521, 0);
  return BigInt(parseInt(version.slice(0, 6), 16) ^ parseInt(version.slice(6, 12), 16) ^ sum) % CHECK;
}

/** The letters of digits, each with its base, and of a check. The last digit is read first; so that nothing is lost the number that they make begins with 1.
 *  @param {number[][]} digits */
function lettersOf(digits) {
  const number = digits.reduce((bits, [value, base]) => bits * BigInt(base) + BigInt(value), 1n);
  const letters = (number * CHECK + (number % CHECK)).toString(32).replace(/./g, (digit) => LETTERS[parseInt(digit, 32)]);
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/** What takes digits from a number that letters spell; null if one of them is wrong. @param {string} text */
function reader(text) {
  const letters = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (!letters || letters.length > 400 || [...letters].some((letter) => !LETTERS.includes(letter))) return null;
  const all = [...letters].reduce((sum, letter) => sum * 32n + BigInt(LETTERS.indexOf(letter)), 0n);
  let bits = all / CHECK;
  const take = (/** @type {number} */ base) => {
    const value = Number(bits % BigInt(base));
    bits /= BigInt(base);
    return value;
  };
  return bits % CHECK === all % CHECK && bits > 0n ? { take, more: () => bits > 1n, whole: () => bits === 1n } : null;
}

/** @param {Game} game @param {string} version */
export function codeOf({ seat, opponent, seed, said, chosen = {}, words = [] }, version) {
  const digits = [...said.map((move) => [move, 3]), [seat, 2], [opponent, 32], [seed, 2 ** 20], [Number(stamp(version)), Number(CHECK)]];
  const acts = Object.entries(chosen).flatMap(([place, list]) =>
    [...list.flatMap(([act, measure]) => [[measure, MEASURES], [act, ACTS]]), [list.length, DECISIONS], [Number(place), DECISIONS]]);
  const more = [acts, words.map((bid) => [bid, BIDS])].map((part) => (part.length ? lettersOf(part) : ""));
  return [lettersOf(digits), ...more].join(".").replace(/\.+$/, "");
}

/** The game of a code, or what is wrong with it: a key of the page's words.
 *  @param {string} text @param {string} version @returns {Game | "code.broken" | "code.version"} */
export function gameOf(text, version) {
  const parts = text.split(".").map((part, k, all) => (part || !k || k + 1 === all.length ? reader(part) : undefined)), [game, acts, talks] = parts;
  if (!game || parts.length > 3 || parts.includes(null)) return "code.broken";
  if (BigInt(game.take(Number(CHECK))) !== stamp(version)) return "code.version";
  const seed = game.take(2 ** 20), opponent = game.take(32), seat = game.take(2);
  const said = /** @type {number[]} */ ([]), words = /** @type {number[]} */ ([]), chosen = /** @type {Record<number, number[][]>} */ ({});
  while (game.more()) said.unshift(game.take(3));
  while (acts?.more()) {
    const place = acts.take(DECISIONS);
    chosen[place] = Array.from({ length: acts.take(DECISIONS) }, () => [acts.take(ACTS), acts.take(MEASURES)]).reverse();
  }
  while (talks?.more()) words.unshift(talks.take(BIDS));
  return parts.every((part) => !part || part.whole()) ? { seat, opponent, seed, said, chosen, words } : "code.broken";
}
