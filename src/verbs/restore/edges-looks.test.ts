import { expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { edgeTrial, endOf, instance, keyPair, role, volume } from "../../../tests/contract/edges.ts";

it("reads who uses roles once in each region, for all of them, after everything regional has gone", async () => {
  const trial = await edgeTrial();
  await trial.baseline();
  const roles = [
    await role(trial, "one", "lambda.amazonaws.com"),
    await role(trial, "two"),
    await role(trial, "three"),
  ];
  const regional = [await volume(trial), await instance(trial, { KeyName: await keyPair(trial, "left-behind") })];
  const plan = await trial.planned();
  trial.twin.log.length = 0;
  const outcomes = await trial.run(plan);

  expect([...roles, ...regional].map((id) => endOf(plan, outcomes, id))).toEqual(Array(5).fill("applied"));
  const { log } = trial.twin;
  const terminated = log.findIndex(({ operation }) => operation === "TerminateInstances");
  const elsewhere = log.flatMap(({ operation, region }, at) =>
    operation === "ListFunctions" && region !== HERE ? [{ region, at }] : [],
  );
  const regions = await trial.connection.enabledRegions();
  expect(elsewhere.map(({ region }) => region).sort()).toEqual(regions.filter((region) => region !== HERE));
  expect(terminated).toBeGreaterThan(0);
  expect(elsewhere.every(({ at }) => at > terminated)).toBe(true);
});
