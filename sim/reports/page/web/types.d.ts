// Types that the modules of the page share, for editors that check them by their comments; no page has this file.

/** Where what lies in the bytes of a first morning: `page_world` in page_rules.py says it. */
type Layout = any;
type Row = Record<string, number>;
type Names = Record<string, string>;
type Player = { name: string; numbers: number[] };

/** Asked for a move, of players, or for what is asked for in talks, of speakers. */
type Asked = (question: any) => number;

/** A world to play; asked are players, then speakers. */
type Wish = {
  run?: number; seed?: bigint; end?: number; players: Player[]; speakers?: Player[]; forces?: number[][]; asked?: (Asked | null)[];
};
type Life = { moves: Row[]; acts: Row[]; changes: Row[]; offers: Row[]; evenings: Float64Array; costs: Float64Array; days: number };

/** The app, or as much of it as the worker has. */
type Reading = { data: any; world: any; settings: any; watch: string };

/** What the reader has chosen; `game` is the code of one that the page opens with. */
type Settings = {
  move: number | null; guess: number | null; numbers: Row; players: Player[]; seed: number; run: number; language: string; game: string;
};

/** A game as its code has it. The opponent is a place in the list of strategies, 31 a person. */
type Game = {
  seat: number; opponent: number; seed: number; said: number[];
  chosen?: Record<number, number[][]>; // acts and their measures, by the place of their decision
  words?: number[]; // bids in talks; after the word for it negotiators speak
};

/** A game that is played; of a prediction the shares of the three moves [%]. */
type Match = Required<Game> & { settings: any; asking: boolean; predictions: { shares: number[]; from: number }[] };

/** How a game is played again: other moves, luck, acts or bids, up to an end. */
type Replay = {
  said?: number[]; seed?: number; end?: number; chosen?: Record<number, number[][]>; words?: number[];
  then?: number; // the move that people say when they have said all
  spoken?: Map<string, number | null>; // bids by where they were made, instead of `words`
};

/** Where somebody is asked at a table; `time` counts the own offers, or answers, of a meeting from 0. */
type Seat = {
  day: number; government: number; partner: number; proposing: boolean; time: number; clauses: any[]; bids: any[]; view: any;
};

/** An act that may carry a move; 1 is what the government would take. */
type OpenAct = { act: number; measure: number; weighed: number };

/** A decision as it is told. */
type Decision = { day: number; government: number; partner: number; move: number; reason?: number; acts: { act: number; measure: number }[] };

/** A turn: `news` is what the partner did, `paid` what the own costs are, by term; the view of the decision is there if one is due. */
type Turn = {
  names: Names; game: boolean; count: number; news: string[]; view?: any; acts?: OpenAct[]; paid: ArrayLike<number>; sum?: string;
};

type Props = Record<string, any>;
type Child = Node | string | number | null | false | undefined;
type Scale = { x: (day: number) => number; y: (value: number) => number; start: number };
type Line = { values: number[]; kind: string };

/** The life of a measure; `between` the reader's government and its partner. */
type Measure = { title: string; between: boolean; changes: boolean; times: { from: number; to: number; status: string }[] };

/** Draw the game again, with more said, and go to what is named. */
type Again = (next: string, more?: Partial<Match>) => void;

/** Say a move; there are no acts where they are those that the government would take. */
type Speak = (move: number, acts: number[][]) => void;

/** Shares [%] of the three moves, and the one that came. */
type Guess = { shares: number[]; outcome: number };
