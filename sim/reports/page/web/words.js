// @ts-check
// The words of the page: all of them are in words.json, by language.

/** @type {{language: string, all: Record<string, Record<string, string>>}} */
const speech = { language: "en", all: {} };

/** @param {Record<string, Record<string, string>>} all @param {string} language */
export function speak(all, language) {
  speech.all = all;
  speech.language = language in all ? language : "en";
  if (typeof document !== "undefined") (document.getElementById("live") ?? document.documentElement).lang = speech.language;
}

/** Formats of numbers and dates, made once: making one takes as long as a world. @type {Map<string, any>} */
const formats = new Map();

/** @param {any} kind @param {any} options */
function format(kind, options) {
  const key = speech.language + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(speech.language === "en" ? "en-GB" : speech.language, options));
  return formats.get(key);
}

/** A sentence with its blanks filled. @param {string} key @param {Record<string, string | number>} [blanks] */
export function say(key, blanks = {}) {
  const text = speech.all[speech.language]?.[key] ?? speech.all.en?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(blanks[name] ?? whole));
}

/** @param {number} value @param {number} [digits] */
export function figureOf(value, digits = 1) {
  return format(Intl.NumberFormat, { signDisplay: "negative", maximumFractionDigits: digits, minimumFractionDigits: Number.isInteger(value) ? 0 : digits }).format(value);
}

/** A difference. @param {number} value */
export function signed(value) {
  return (value >= 0 ? "+" : "") + figureOf(value);
}

/** A number of a setting, with as many digits as tell it. @param {number} value */
export function plainNumber(value) {
  return format(Intl.NumberFormat, { maximumSignificantDigits: 4 }).format(value);
}

/** @param {number} share */
export function percent(share) {
  return format(Intl.NumberFormat, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

/** A day number as a date. @param {number} day @param {"long" | "medium"} [style] */
export function dateOf(day, style = "long") {
  return format(Intl.DateTimeFormat, { dateStyle: style, timeZone: "UTC" }).format(new Date((day - 719163) * 86400000));
}
