import fc from "fast-check";
import { expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { subject } from "../../model/delta.ts";
import type { Store } from "../../store/store.ts";
import type { VerbContext } from "../context.ts";
import { delta } from "../delta/delta.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { createSnapshot } from "../snapshot/create.ts";
import { executeResume, prepareResume } from "./resume.ts";

const WEEK = 7 * 24 * 3_600_000;
const DEAD = "killed";

/** A context whose process dies at the nth line of the journal: from then on it writes nothing and calls nothing. */
function mortal(context: VerbContext, lines: number): VerbContext {
  let left = lines;
  const die = () => {
    throw new Error(DEAD);
  };
  const store: Store = {
    ...context.store,
    append: async (path, line) => (left-- > 0 ? context.store.append(path, line) : die()),
  };
  const { connection } = context;
  const client: typeof connection.client = (clientClass, region, lane) => {
    const living = connection.client(clientClass, region, lane) as { send: (...args: never[]) => Promise<never> };
    const send = (...args: never[]) => (left < 0 ? Promise.reject(new Error(DEAD)) : living.send(...args));
    return Object.assign(Object.create(living as object), { send }) as never;
  };
  return { ...context, store, connection: { ...connection, client } };
}

async function untilDeath(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as Error).message !== DEAD) throw error;
  }
}

it("puts the account back as it was, wherever a pause and the resume after it are killed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.nat(60), async (pauseLines, resumeLines) => {
      const { context, twin } = await verbTrial();
      await createSnapshot(context, { name: "before", selection: {}, metadata: {}, setActive: true, compress: false });
      const states = () =>
        Object.values(twin.world.accounts).flatMap(({ regions }) =>
          Object.values(regions).flatMap((rows) =>
            Object.values(rows["ec2.instance"] ?? {}).map((row) => (row.State as { Name?: string } | undefined)?.Name),
          ),
        );
      const before = states();

      const plan = await preparePause(context, { selection: {}, extend: false });
      await untilDeath(() => executePause(mortal(context, pauseLines), plan, context.clock.now() + WEEK));
      // No record: the pause died before it changed anything, or the dying resume had put all back.
      const unlessNothing = (error: Error & { code?: string }) => {
        if (error.code !== "NO_RECORD") throw error;
      };
      await untilDeath(async () => {
        const dying = mortal(context, resumeLines);
        await executeResume(dying, await prepareResume(dying, undefined));
      }).catch(unlessNothing);
      const last = async () => executeResume(context, await prepareResume(context, undefined));
      await last().catch(unlessNothing);

      expect(states()).toEqual(before);
      const { changes } = await delta(context, { selection: {} });
      // An endpoint has no stop: it is deleted and made again, and tells that its creation date is a new one.
      const changed = changes.filter(
        (change) => change.kind !== "replaced" || subject(change).type !== "AWS::SageMaker::Endpoint",
      );
      expect(changed).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 120_000);
