import type { Outcome } from "../../verbs/shed/simulate/measure.ts";
import { count, duration } from "../humanise.ts";

/** One number of an outcome, for people. */
export interface Figure {
  readonly title: string;
  /** What it means, as a clause. */
  readonly says: string;
  /** Left out of a narrow table; the lowest number goes first. */
  readonly spare?: number;
  text(outcome: Outcome): string;
  /** Less is better; undefined = it says nothing of good or bad. */
  rank?(outcome: Outcome): number;
}

const NONE = "-";

/** The numbers that parameter sets are compared by. */
export const FIGURES: readonly Figure[] = [
  {
    title: "rejected",
    says: "requests that came to a group beyond what it could serve, of all",
    text: ({ rejectedShare }) => percent(rejectedShare),
    rank: ({ rejectedShare }) => rejectedShare,
  },
  {
    title: "overshoot",
    says: "requests shed while the primary could have served them, of all",
    text: ({ overshootShare }) => percent(overshootShare),
    rank: ({ overshootShare }) => overshootShare,
  },
  {
    title: "turns",
    says: "how often the level turned from rising to falling or back; one rise and fall is 1",
    text: ({ turns }) => count(turns),
    rank: ({ turns }) => turns,
  },
  {
    title: "protected",
    spare: 3,
    says: "longest time from the beginning of an overload to the primary's last rejected request in it",
    text: ({ protectSeconds }) => (protectSeconds === undefined ? NONE : duration(protectSeconds * 1000)),
    rank: ({ protectSeconds = 0 }) => protectSeconds,
  },
  {
    title: "recovered",
    says: "from the end of the need to the baseline weights for good",
    text: ({ recoverSeconds }) => {
      if (recoverSeconds === undefined) return NONE;
      return recoverSeconds === "not by the end" ? "not yet" : duration(recoverSeconds * 1000);
    },
    rank: ({ recoverSeconds = 0 }) => (recoverSeconds === "not by the end" ? Number.MAX_SAFE_INTEGER : recoverSeconds),
  },
  {
    title: "stranded",
    spare: 2,
    says: "longest time in which load was shed with the alarm off, though the primary could have had all of it",
    text: ({ strandedSeconds }) => (strandedSeconds === 0 ? NONE : duration(strandedSeconds * 1000)),
    rank: ({ strandedSeconds }) => strandedSeconds,
  },
  { title: "highest", spare: 1, says: "the highest level", text: ({ highestLevel }) => `${highestLevel} %` },
];

/** Whether no run of a comparison has a better number, and some run a worse one. */
export function isLeast({ rank }: Figure, outcome: Outcome, all: readonly Outcome[]): boolean {
  return (
    rank !== undefined &&
    all.every((each) => rank(outcome) <= rank(each)) &&
    all.some((each) => rank(outcome) < rank(each))
  );
}

/** `0.0868` -> `8.7 %`; what is less than half a tenth and not nothing says so. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  return `${(share * 100).toFixed(1)} %`;
}
