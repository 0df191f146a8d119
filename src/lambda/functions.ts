/** What is the same for every function of a kind, as data: the bundles, the stacks, the docs and the tests are made of it. */
export interface FunctionFacts {
  /** What it is for: a sentence without a full stop. */
  readonly brief: string;
  /** Less time than the lease of what it holds, or as much as AWS gives. */
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Two at once would fight: the second one waits. */
  readonly isSingle: boolean;
  /** Nothing new is begun so long before its end that what it has changed is seen to come to its end. */
  readonly awaitsChanges: boolean;
}

/** AWS's longest. Source: Lambda developer guide, "Lambda quotas". */
const LONGEST_SECONDS = 900;

/** Each is the module of its name in `functions/`, and one bundle. */
export const FUNCTIONS = {
  reaper: {
    brief: "removes what failed Packer builds, or policies of your own, say does not belong",
    timeoutSeconds: LONGEST_SECONDS,
    memoryMegabytes: 1024,
    isSingle: true,
    awaitsChanges: true,
  },
  "shed-alarm": {
    brief: "begins to shed when the alarm rings",
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    isSingle: false,
    awaitsChanges: false,
  },
  "shed-step": {
    brief: "makes the next step of shedding or giving back",
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    isSingle: false,
    awaitsChanges: false,
  },
  pause: {
    brief: "pauses a selection, and records what was there",
    timeoutSeconds: LONGEST_SECONDS,
    memoryMegabytes: 1024,
    isSingle: true,
    awaitsChanges: true,
  },
  resume: {
    brief: "puts back what a pause has stopped",
    timeoutSeconds: LONGEST_SECONDS,
    memoryMegabytes: 1024,
    isSingle: true,
    awaitsChanges: true,
  },
  "stay-stopped": {
    brief: "stops again what AWS has started although a record says that it is paused",
    timeoutSeconds: LONGEST_SECONDS,
    memoryMegabytes: 512,
    isSingle: true,
    awaitsChanges: true,
  },
  snapshot: {
    brief: "takes a snapshot and tells what differs from the baseline",
    timeoutSeconds: LONGEST_SECONDS,
    memoryMegabytes: 1024,
    isSingle: true,
    awaitsChanges: false,
  },
} as const satisfies Readonly<Record<string, FunctionFacts>>;

export type FunctionName = keyof typeof FUNCTIONS;
