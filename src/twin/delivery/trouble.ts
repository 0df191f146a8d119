/** What goes wrong on the way, as AWS says it may: delivery is at least once, in any order. Shares are from 0 to 1. */
export interface Trouble {
  /** Share of events and messages that come twice. */
  readonly duplicated?: number;
  /** Share that comes late. */
  readonly late?: number;
  /** How late at most, and how long after the first a second one comes. */
  readonly lateSeconds?: number;
  /** Share of the polls that find a queue's messages in another order. */
  readonly reordered?: number;
}

/** Draws what happens from one seeded source. */
export interface Dice {
  isDuplicated(): boolean;
  isReordered(): boolean;
  /** Milliseconds that it comes late; mostly 0. */
  lateness(): number;
  /** Milliseconds until something comes again. */
  again(): number;
  shuffled<T>(items: readonly T[]): T[];
}

export function diceOf(
  { duplicated = 0, late = 0, lateSeconds = 60, reordered = 0 }: Trouble,
  random: () => number,
): Dice {
  const happens = (share: number) => share > 0 && random() < share;
  const some = () => Math.round(random() * lateSeconds * 1000);
  return {
    isDuplicated: () => happens(duplicated),
    isReordered: () => happens(reordered),
    lateness: () => (happens(late) ? some() : 0),
    again: some,
    shuffled: (items) =>
      items
        .map((item) => [random(), item] as const)
        .sort(([a], [b]) => a - b)
        .map(([, item]) => item),
  };
}
