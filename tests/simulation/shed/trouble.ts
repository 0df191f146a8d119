import { FAULTS, type Fault } from "../../../src/twin/faults.ts";
import type { FAULT_KINDS, ShedHistory } from "./history.ts";

type Strike = Omit<Fault, "skip" | "times">;

const ELB = "elasticloadbalancing";
const busy = { ...FAULTS.throttle, code: "ProvisionedThroughputExceededException" };
const lost: Strike = { ...FAULTS.serverError, kind: "lost-answer" };

const STRIKES: Readonly<Record<(typeof FAULT_KINDS)[number], Strike>> = {
  "throttled reads": { ...FAULTS.throttle, service: ELB, operation: /^Describe/ },
  "failing reads": { ...FAULTS.serverError, service: ELB, operation: /^Describe/ },
  "blind metrics": { ...FAULTS.serverError, service: "monitoring" },
  "throttled writes": { ...FAULTS.throttle, service: ELB, operation: /^Modify/ },
  "failing writes": { ...FAULTS.serverError, service: ELB, operation: /^Modify/ },
  "refused writes": { ...FAULTS.denied, service: ELB, operation: /^Modify/ },
  "lost answers of writes": { ...lost, service: ELB, operation: /^Modify/ },
  "throttled table": { ...busy, service: "dynamodb" },
  "failing table": { ...FAULTS.serverError, service: "dynamodb" },
  "lost answers of the table": { ...lost, service: "dynamodb", operation: "PutItem" },
  "no sending": { ...FAULTS.serverError, service: "sqs" },
  "lost answers of sending": { ...lost, service: "sqs" },
  "no telling": { ...FAULTS.serverError, service: "sns" },
  "lost answers of telling": { ...lost, service: "sns" },
  "no network": FAULTS.reset,
};

/** Answers get lost now and then; where none came for minutes, each attempt would leave another message behind. */
const MOST_LOST = 3;

function timesOf(kind: string, times: number | undefined): { readonly times?: number } {
  if (kind.startsWith("lost")) return { times: Math.min(times ?? MOST_LOST, MOST_LOST) };
  return times === undefined ? {} : { times };
}

/** A fault with its beginning and its end, seconds; all end with the load. */
export function faultsOf({
  faults,
  load,
}: ShedHistory): { readonly from: number; readonly to: number; fault: Fault }[] {
  return faults.map(({ kind, second, lasts, skip, times }) => {
    const from = second % load.over;
    return {
      from,
      to: Math.min(from + lasts, load.over),
      fault: { ...STRIKES[kind], skip, ...timesOf(kind, times) },
    };
  });
}
