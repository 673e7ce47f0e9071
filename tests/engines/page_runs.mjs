// Plays what a test asks for with the rules of pages, and prints what came of it.
import { readFileSync } from "node:fs";

const [engine, rulesFile, caseFile] = process.argv.slice(2);
const { loadRules, numberAt, placeWorld, play } = await import(engine);
const asked = JSON.parse(readFileSync(caseFile, "utf-8"));
const rules = await loadRules(readFileSync(rulesFile));
const world = placeWorld(rules, asked.layout, Buffer.from(asked.bytes, "base64"));
const rows = (table) => table.map((row) => Object.values(row));
const answers = asked.wishes.map((wish) => {
  for (const [places, value] of wish.numbers) numberAt(world, places, value);
  const watch = wish.players.map(() => (wish.watched ? (question) => question.machine() : null));
  const words = [...(wish.words ?? [])], count = words.length;
  const talk = (question) => (words.length ? question.bid(words.shift()) : question.machine());
  const talks = wish.speakers.map((_, k) => (wish.talkers?.includes(k) ? talk : null));
  const life = play(world, { ...wish, seed: BigInt(wish.seed), asked: [...watch, ...talks] });
  return {
    moves: rows(life.moves),
    acts: rows(life.acts),
    changes: rows(life.changes),
    offers: rows(life.offers),
    tariffs: [...life.evenings],
    costs: [...life.costs],
    said: count - words.length,
  };
});
console.log(JSON.stringify(answers));
