// @ts-check
// The words of the page: all of them are in words.json, by language.

/** @type {{language: string, all: Record<string, Names>}} */
const speech = { language: "en", all: {} };

/** Speak a language; capitals have names in it too. @param {Record<string, Names>} all @param {string} language @param {any[]} governments */
export function speak(all, language, governments) {
  speech.all = all;
  speech.language = language in all ? language : "en";
  if (typeof document !== "undefined") (document.getElementById("live") ?? document.documentElement).lang = speech.language;
  for (const one of governments) {
    one.own ??= one.capital;
    one.capital = all[speech.language][`capital.${one.own}`] ?? one.own;
  }
}

/** Formats of numbers and dates, made once: making one takes as long as a world. @type {Map<string, any>} */
const formats = new Map();

/** @returns {(value: number | Date) => string} */
const format = (kind, options) => (value) => {
  const key = speech.language + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(speech.language === "en" ? "en-GB" : speech.language, options));
  return formats.get(key).format(value);
};

/** A sentence with its blanks filled. @param {string} key @param {Record<string, string | number>} [blanks] */
export function say(key, blanks = {}) {
  const text = speech.all[speech.language]?.[key] ?? speech.all.en?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(blanks[name] ?? whole));
}

/** @param {number} value @param {number} [digits] */
export function figureOf(value, digits = 1) {
  const least = Number.isInteger(value) ? 0 : digits;
  return format(Intl.NumberFormat, { signDisplay: "negative", maximumFractionDigits: digits, minimumFractionDigits: least })(value);
}

/** A difference. @param {number} value */
export const signed = (value) => (value >= 0 ? "+" : "") + figureOf(value);

/** A number of a setting, with as many digits as tell it; a share. */
export const plainNumber = format(Intl.NumberFormat, { maximumSignificantDigits: 4 });
export const percent = format(Intl.NumberFormat, { style: "percent", maximumFractionDigits: 1 });

/** A day number as a date. @param {number} day @param {"long" | "medium"} [dateStyle] */
export function dateOf(day, dateStyle = "long") {
  return format(Intl.DateTimeFormat, { dateStyle, timeZone: "UTC" })(new Date((day - 719163) * 86400000));
}
