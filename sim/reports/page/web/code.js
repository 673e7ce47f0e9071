// @ts-check
// A game as a few letters that can be read out: side, opponent, luck and every move, with a check.

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // no I, L, O, U: they are mistaken for others
const CHECK = 1021n;

/** @typedef {{seat: number, opponent: number, seed: number, said: number[]}} Game  The opponent is a place in the list of strategies, 31 a person. */

/** A number that stands for a version of the page. @param {string} version */
function stamp(version) {
  return BigInt(parseInt(version.slice(0, 6), 16) ^ parseInt(version.slice(6, 12), 16)) % CHECK;
}

/** @param {Game} game @param {string} version */
export function codeOf(game, version) {
  let bits = 1n; // so that moves that are 0 are not lost
  for (const move of game.said) bits = bits * 3n + BigInt(move);
  for (const [value, base] of [[game.seat, 2], [game.opponent, 32], [game.seed, 2 ** 20]]) bits = bits * BigInt(base) + BigInt(value);
  bits = bits * CHECK + stamp(version);
  bits = bits * CHECK + (bits % CHECK);
  let text = "";
  for (; bits > 0n; bits /= 32n) text = LETTERS[Number(bits % 32n)] + text;
  return text.replace(/(.{4})(?=.)/g, "$1-");
}

/** The game of a code, or what is wrong with it: a key of the page's words. @param {string} text @param {string} version
 *  @returns {Game | "code.broken" | "code.version"} */
export function gameOf(text, version) {
  const letters = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (!letters || letters.length > 400 || [...letters].some((letter) => !LETTERS.includes(letter))) return "code.broken";
  let bits = 0n;
  for (const letter of letters) bits = bits * 32n + BigInt(LETTERS.indexOf(letter));
  const check = bits % CHECK;
  bits /= CHECK;
  if (bits % CHECK !== check || bits < CHECK) return "code.broken";
  if (bits % CHECK !== stamp(version)) return "code.version";
  bits /= CHECK;
  const take = (/** @type {number} */ base) => {
    const value = Number(bits % BigInt(base));
    bits /= BigInt(base);
    return value;
  };
  const seed = take(2 ** 20), opponent = take(32), seat = take(2);
  /** @type {number[]} */
  const said = [];
  while (bits > 1n) said.unshift(take(3));
  return bits === 1n ? { seat, opponent, seed, said } : "code.broken";
}
