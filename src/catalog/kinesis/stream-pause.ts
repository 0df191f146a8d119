import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  type StreamDescriptionSummary,
  UpdateShardCountCommand,
} from "@aws-sdk/client-kinesis";
import type { Pause, PauseState, ReadScope, WriteScope } from "../contract.ts";
import { differences, finished } from "../pausing.ts";
import { orGone } from "../reading.ts";

/** The fewest shards that a provisioned stream has. */
const FEWEST = 1;
/** Changes of the shard count that AWS takes in 24 hours. Source: Kinesis API reference, UpdateShardCount. */
const CALLS_A_DAY = 10;
/** How long one round may take. */
const ROUND_MINUTES = 30;

async function stream(scope: ReadScope, StreamName: string): Promise<StreamDescriptionSummary | undefined> {
  const command = new DescribeStreamSummaryCommand({ StreamName });
  const found = (await orGone(scope.client(KinesisClient).send(command)))?.StreamDescriptionSummary;
  return found?.StreamStatus === "DELETING" ? undefined : found;
}

/** The next shard count on the way: at most half or double a call. Source: Kinesis API reference, UpdateShardCount. */
function nextCount(open: number, wanted: number): number {
  return wanted < open ? Math.max(wanted, Math.ceil(open / 2)) : Math.min(wanted, open * 2);
}

/** Calls that a change takes. */
function rounds(from: number, to: number): number {
  let calls = 0;
  for (let open = from; open !== to; open = nextCount(open, to)) calls += 1;
  return calls;
}

/** Waits until the stream rests, takes it one round further, and so on; the last round is not waited for. */
async function scaleTo(scope: WriteScope, StreamName: string, wanted: number): Promise<void> {
  for (let next = 0; next !== wanted; ) {
    const open = await finished(scope, ROUND_MINUTES, async () => {
      const found = await stream(scope, StreamName);
      if (!found) return wanted;
      // What is read just after a call can still be what was before it.
      const reached = next === 0 || found.OpenShardCount === next;
      return found.StreamStatus === "ACTIVE" && reached ? found.OpenShardCount : undefined;
    });
    if (open === wanted) return;
    next = nextCount(open, wanted);
    const command = { StreamName, TargetShardCount: next, ScalingType: "UNIFORM_SCALING" } as const;
    await scope.writer(KinesisClient).send(new UpdateShardCountCommand(command));
  }
}

function phaseOf({ StreamStatus, OpenShardCount = FEWEST }: StreamDescriptionSummary): PauseState["phase"] {
  if (StreamStatus !== "ACTIVE") return "moving";
  return OpenShardCount > FEWEST ? "running" : "paused";
}

const isOnDemand = (saved: PauseState["saved"]) => saved.mode === "ON_DEMAND";

export const pause: Pause = {
  async capture(scope, id) {
    const found = await stream(scope, id);
    if (!found) return undefined;
    const saved = {
      mode: found.StreamModeDetails?.StreamMode ?? "PROVISIONED",
      // AWS's own count of open shards: a list of shards has the closed ones too.
      shards: found.OpenShardCount ?? FEWEST,
    };
    // Nobody sets the shards of an on-demand stream, so they are no state of its owner's.
    if (isOnDemand(saved)) return { phase: "running", saved: { mode: saved.mode }, words: "on demand" };
    return { phase: phaseOf(found), saved, words: saved.shards === 1 ? "1 shard" : `${saved.shards} shards` };
  },

  eligible({ saved }) {
    if (isOnDemand(saved)) return { kind: "kept", reason: "it is an on-demand stream: nothing to pause" };
    const shards = Number(saved.shards);
    if (shards <= FEWEST)
      return { kind: "kept", reason: "it has one shard, the fewest there can be: nothing to pause" };
    const there = rounds(shards, FEWEST);
    const back = rounds(FEWEST, shards);
    if (there + back > CALLS_A_DAY)
      return {
        kind: "kept",
        reason: `from ${shards} shards to 1 takes ${there} calls and ${back} back, and AWS takes ${CALLS_A_DAY} in 24 hours`,
      };
    return {
      kind: "eligible",
      loses: [
        "throughput: one shard takes 1 MB or 1,000 records a second",
        "the ids and hash key ranges of its shards",
      ],
      risks: [
        `it needs ${there + back} of the ${CALLS_A_DAY} changes that AWS takes in 24 hours, and others' changes count too`,
        `the shards that it comes back to must still fit into the account's quota`,
      ],
    };
  },

  stop: (scope, id) => scaleTo(scope, id, FEWEST),

  resume: (scope, id, saved) => scaleTo(scope, id, Number(saved.shards)),

  resumed(before, now) {
    if (now.phase === "moving") return { phase: "moving", differs: [] };
    // Between one shard and all of them a resume was cut off: it goes on from there.
    if (Number(now.saved.shards) < Number(before.shards)) return { phase: "ready", differs: [] };
    return { phase: "done", differs: differences(before, now.saved) };
  },
};
