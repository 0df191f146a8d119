import { virtualClock } from "../clock.ts";
import type { Fault } from "../faults.ts";
import type { TwinService } from "../service.ts";
import { createTwin, type Twin } from "../twin.ts";
import { emptyWorld } from "../world.ts";

/** A twin for tests of the wire: it remembers what arrives and gives what it is told, whatever the operation. */
export interface CannedTwin {
  readonly twin: Twin;
  /** Inputs as the behaviour saw them, newest last. */
  readonly inputs: object[];
  /** The output of the next calls; a function may throw. */
  output: object | (() => object);
}

/** @param names namespace, signing name and the operations it knows */
export function cannedTwin(
  names: { readonly namespace: string; readonly signingName: string; readonly operations: readonly string[] },
  sdk: () => Promise<object>,
  faults: readonly Fault[] = [],
): CannedTwin {
  const inputs: object[] = [];
  const behaviour = (input: never) => {
    inputs.push(input);
    return typeof canned.output === "function" ? canned.output() : canned.output;
  };
  const { operations, ...service } = names;
  const canned: { output: CannedTwin["output"] } = { output: {} };
  const only: TwinService = {
    ...service,
    sdk,
    operations: Object.fromEntries(operations.map((name) => [name, behaviour])),
  };
  const world = emptyWorld(["111122223333"]);
  const twin = createTwin({ world, clock: virtualClock(world.startedAt), services: [only], strict: true, faults });
  return Object.assign(canned, { twin, inputs });
}
