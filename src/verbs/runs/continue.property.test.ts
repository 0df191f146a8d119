import fc from "fast-check";
import { expect, it } from "vitest";
import { runs } from "../../../tests/contract/runs.ts";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { listRecords } from "../../store/records.ts";
import { mortal, untilDeath } from "../mortal.test-data.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";
import { executeContinue, prepareContinue } from "./continue.ts";
import { runsOf } from "./runs.ts";

const WEEK = 7 * 24 * 3_600_000;

it("is done in the end, wherever a pause, a resume and their continuations are killed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(40), { minLength: 4, maxLength: 4 }), async ([p = 0, pc = 0, r = 0, rc = 0]) => {
      const { context, twin } = await verbTrial();
      const account = context.connection.account;
      const states = () =>
        Object.values(twin.world.accounts).flatMap(({ regions }) =>
          Object.values(regions).flatMap((rows) =>
            Object.values(rows["ec2.instance"] ?? {}).map((row) => (row.State as { Name?: string } | undefined)?.Name),
          ),
        );
      const newest = async () => (await runsOf(context, account))[0];
      /** Goes on with the newest run, if it is not over; the first time in a process that dies, too. */
      const goOn = async (dies: number) => {
        for (const lives of [mortal(context, dies), context]) {
          const run = await newest();
          if (!run || run.state === "finished") continue;
          await untilDeath(async () => executeContinue(lives, await prepareContinue(lives, run.id)));
        }
      };
      const before = states();

      const plan = await preparePause(context, { selection: {}, extend: false });
      await untilDeath(() => executePause(mortal(context, p), plan, context.clock.now() + WEEK));
      await twin.clock.sleep(2 * 3_600_000 * (p > 2 ? 1 : 0));
      await goOn(pc);
      const paused = await newest();
      expect(paused).toMatchObject({ state: "finished", notBegun: 0, counts: { applied: plan.steps.length } });
      expect((await listRecords(context.store, account)).map(({ armed }) => armed)).toEqual([true]);

      const dying = mortal(context, r);
      await untilDeath(async () => executeResume(dying, await prepareResume(dying, undefined)));
      // What was killed before its first line is no run yet.
      if ((await newest())?.verb === "pause") return;
      await goOn(rc);
      expect(await newest()).toMatchObject({ verb: "resume", state: "finished", notBegun: 0 });
      expect((await listRecords(context.store, account)).map(({ armed }) => armed)).toEqual([false]);
      expect(states()).toEqual(before);
    }),
    runs(100),
  );
}, 120_000);
