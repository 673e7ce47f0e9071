// @ts-check
// What the reader has chosen, and the link that holds all of it.

/** @returns {Settings} */
function freshSettings(data) {
  const players = data.players.map((p) => ({ name: p.name, numbers: [...p.numbers] }));
  const language = typeof navigator !== "undefined" && navigator.language?.startsWith("fr") ? "fr" : "en";
  return { move: null, guess: null, numbers: {}, players, seed: data.seed, run: data.run, language, game: "" };
}

/** @param {Settings} settings */
export function addressOf(data, settings) {
  const words = new URLSearchParams({ page: data.scenario.name, version: data.version, language: settings.language });
  const fresh = freshSettings(data), keys = /** @type {const} */ (["guess", "seed", "run", "game"]);
  if (settings.move !== null) words.set("move", data.constants.moves[settings.move]);
  for (const key of keys) if (settings[key] !== fresh[key]) words.set(key, String(settings[key]));
  for (const [path, value] of Object.entries(settings.numbers)) words.set(path, String(value));
  settings.players.forEach((player, k) => {
    if (player.name !== data.players[k].name) words.set(`${data.layout.governments[k]}.strategy`, player.name);
  });
  return `#${words}`;
}

/** Settings from a link, and a word on what in it is not of this page. @param {string} address @returns {{settings: Settings, complaint: string | null}} */
export function settingsFrom(data, address) {
  const settings = freshSettings(data), words = new URLSearchParams(address.replace(/^#/, ""));
  let complaint = null;
  if (!words.size) return { settings, complaint };
  if (words.get("page") !== data.scenario.name) return { settings, complaint: "link.other" };
  if (words.get("version") !== data.version) complaint = "link.version";
  for (const [key, text] of words) {
    const number = data.numbers.find((n) => n.path === key && n.places.length);
    const value = Number(text), whole = Number.isInteger(value) && value >= 0 && text !== "";
    const code = data.layout.governments.findIndex((/** @type {string} */ g) => key === `${g}.strategy`);
    const strategy = data.strategies.find((s) => s.name === text);
    if (key === "page" || key === "version") continue;
    else if (key === "language" && text in data.words) settings.language = text;
    else if (key === "game") settings.game = text;
    else if (key === "move" && data.constants.moves.includes(text)) settings.move = data.constants.moves.indexOf(text);
    else if (key === "guess" && whole && value <= 10) settings.guess = value;
    else if ((key === "seed" || key === "run") && whole && value < 2 ** 32) settings[key] = value;
    else if (number && text !== "" && value >= number.low && value <= number.high) settings.numbers[key] = value;
    else if (code >= 0 && strategy) settings.players[code] = { name: strategy.name, numbers: [...strategy.numbers] };
    else complaint = "link.broken";
  }
  if (settings.move === null) settings.guess = null;
  return { settings, complaint };
}
