// For some games: whether a code gives its game back, what it says on another page and with other numbers, how many wrong letters
// it lets pass, its length.
const { codeOf, gameOf } = await import(process.argv[2]);
const HERE = "abcdef012345", THERE = "abcdef012346", MOVED = `${HERE}{"US.renewal_belief":0.3}`;
const MORE = [[{}, []], [{ 0: [[1, 0]], 44: [[5, 255], [9, 17], [1, 3]] }, []], [{}, [0, 31, 17, 32]], [{ 2: [[1, 0]] }, [0, 0]]];
for (const said of [[], [0], [0, 0, 2], [1, 1, 0], Array(45).fill(2)]) {
  for (const [chosen, words] of MORE) {
    const game = { seat: said.length % 2, opponent: 31, seed: 987654, said, chosen, words };
    const code = codeOf(game, HERE);
    const wrong = [...code].filter((letter, k) => {
      const other = code.slice(0, k) + (letter === "A" ? "B" : "A") + code.slice(k + 1);
      return letter !== "-" && typeof gameOf(other, HERE) !== "string";
    });
    const same = JSON.stringify(gameOf(code, HERE)) === JSON.stringify(game);
    console.log(same, gameOf(code, THERE), gameOf(code, MOVED), wrong.length, code.split(".")[0].replaceAll("-", "").length);
  }
}
