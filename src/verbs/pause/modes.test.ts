import { expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { preparePause } from "./pause.ts";

it("keeps a cluster whose member a mode keeps: stopping the one stops the other", async () => {
  const { context } = await verbTrial();
  const selection = { type: ["AWS::RDS::DBCluster"] };
  const plain = await preparePause(context, { selection, extend: false });
  expect(plain.steps.length).toBeGreaterThan(0);
  const mode = { name: "demo", keep: [{ type: ["AWS::RDS::DBInstance"] }] };
  const { steps, kept } = await preparePause(context, { selection, extend: false, mode });

  expect(steps).toEqual([]);
  expect(kept.map(({ reason }) => reason).join()).toMatch(/it owns .*: mode demo keeps it/);
});

it("refuses a malformed mode before any call", async () => {
  const { context, twin } = await verbTrial();
  const mode = { name: "demo", keep: [{ tag: ["env"] }] };
  await expect(preparePause(context, { selection: {}, extend: false, mode })).rejects.toMatchObject({ code: "USAGE" });

  expect(twin.log).toEqual([]);
});
