// For some games: whether a code gives its game back, what it says on another page, how many wrong letters it lets pass, its length.
const { codeOf, gameOf } = await import(process.argv[2]);
const HERE = "abcdef012345", THERE = "abcdef012346";
for (const said of [[], [0], [0, 0, 2], [1, 1, 0], Array(45).fill(2)]) {
  for (const seat of [0, 1]) {
    const game = { seat, opponent: 31, seed: 987654, said };
    const code = codeOf(game, HERE);
    const wrong = [...code].filter((letter, k) => {
      const other = code.slice(0, k) + (letter === "A" ? "B" : "A") + code.slice(k + 1);
      return letter !== "-" && typeof gameOf(other, HERE) !== "string";
    });
    const same = JSON.stringify(gameOf(code, HERE)) === JSON.stringify(game);
    console.log(same, gameOf(code, THERE), wrong.length, code.replaceAll("-", "").length);
  }
}
