import fc from "fast-check";
import { expect, it } from "vitest";
import { runs } from "../../../tests/contract/runs.ts";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { subject } from "../../model/delta.ts";
import { delta } from "../delta/delta.ts";
import { mortal, untilDeath } from "../mortal.test-data.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { createSnapshot } from "../snapshot/create.ts";
import { executeResume, prepareResume } from "./resume.ts";

const WEEK = 7 * 24 * 3_600_000;

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
    runs(100),
  );
}, 120_000);
