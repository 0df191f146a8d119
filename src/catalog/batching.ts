import { EvenkeelError } from "../model/errors.ts";
import { jointClient, sharedClient } from "./scope.ts";

interface Asked<C, R> {
  readonly client: C;
  readonly id: string;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** What waits to be asked in one account, region and lane. */
interface Queue<C, R> {
  readonly waiting: Asked<C, R>[];
  serving: boolean;
}

/** Sends one AWS call for many ids; tells what came of each. */
type Send<C, R> = (client: C, ids: readonly string[]) => Promise<(id: string) => R>;

/**
 * Joins calls for single resources that are made side by side into calls for many. Nobody waits for company: the first
 * goes at once, and what comes while it is under way, or while it waits for the governor, goes together as the next.
 * A call holds exactly ids that were asked for, each once. Queues hang on the client that all steps of one account,
 * region and lane share, so that nothing is ever joined across those.
 * @param greatest ids in one call, as AWS allows
 */
export function batched<C extends object, R>(
  greatest: number,
  send: Send<C, R>,
): (client: C, id: string) => Promise<R> {
  const queues = new WeakMap<C, Queue<C, R>>();
  return (client, id) => {
    const shared = sharedClient(client);
    const queue = queues.get(shared) ?? { waiting: [], serving: false };
    queues.set(shared, queue);
    return new Promise((resolve, reject) => {
      queue.waiting.push({ client, id, resolve, reject });
      if (!queue.serving) void serve(shared, queue, greatest, send);
    });
  };
}

async function serve<C extends object, R>(
  shared: C,
  queue: Queue<C, R>,
  greatest: number,
  send: Send<C, R>,
): Promise<void> {
  queue.serving = true;
  // Whatever is asked for in the same turn joins the first.
  await Promise.resolve();
  while (queue.waiting.length > 0) await answer(shared, taken(queue.waiting, greatest), send);
  queue.serving = false;
}

/** As many of the longest waiting as fit into a call; who asks for the same id shares its place. */
function taken<C, R>(waiting: Asked<C, R>[], greatest: number): Map<string, Asked<C, R>[]> {
  const batch = new Map<string, Asked<C, R>[]>();
  for (let next = waiting[0]; next; next = waiting[0]) {
    const same = batch.get(next.id);
    if (!same && batch.size === greatest) break;
    batch.set(next.id, [...(same ?? []), next]);
    waiting.shift();
  }
  return batch;
}

/** Sends it; what AWS refuses as a whole is halved until those it is refused for stand alone. */
async function answer<C extends object, R>(
  shared: C,
  batch: ReadonlyMap<string, Asked<C, R>[]>,
  send: Send<C, R>,
): Promise<void> {
  try {
    const clients = [...batch.values()].flat().map(({ client }) => client);
    const resultOf = await send(jointClient(shared, clients), [...batch.keys()]);
    for (const [id, asked] of batch) for (const { resolve } of asked) resolve(resultOf(id));
  } catch (error) {
    if (batch.size === 1 || !isRefusal(error)) {
      for (const { reject } of [...batch.values()].flat()) reject(error);
      return;
    }
    const all = [...batch];
    const half = Math.ceil(all.length / 2);
    for (const part of [all.slice(0, half), all.slice(half)]) await answer(shared, new Map(part), send);
  }
}

/** Short capacity of one instance type, which AWS answers as a fault of its own. Source: EC2 API reference, "Error codes". */
const SHORT = /^Insufficient/;

/**
 * Whether one of many may be why all were refused: it is gone, in the wrong state, or not allowed to this caller.
 * Throttles, faults of AWS and of the network, and missing credentials would meet each of them alike.
 */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof EvenkeelError)) return false;
  return ["AWS_REFUSED", "NOT_FOUND", "ACCESS_DENIED"].includes(error.code) || SHORT.test(error.details.awsCode ?? "");
}
