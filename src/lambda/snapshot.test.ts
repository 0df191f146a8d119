import { expect, it } from "vitest";
import { group, key, type ReapTrial, reapTrial } from "../../tests/contract/builds.ts";
import { functionTrial, scheduledEvent } from "../../tests/contract/function-trial.ts";
import { activeSnapshot } from "../store/snapshots.ts";
import { FAULTS } from "../twin/faults.ts";
import { createSnapshot } from "../verbs/snapshot/create.ts";
import type { Env } from "./door.ts";
import { onWatch } from "./snapshot.ts";

const HERE: Env = { EVENKEEL_SELECTION: '{"type":["ec2:key-pair","ec2:security-group"],"regions":["eu-west-1"]}' };

/** An account with a baseline. */
async function watched(env: Env = {}) {
  const trial = await account();
  const made = await functionTrial(trial.account, { ...HERE, ...env }, trial.context.store as never);
  const selection = { type: ["ec2:key-pair", "ec2:security-group"], regions: ["eu-west-1"] };
  await createSnapshot(trial.context, { name: "base", selection, metadata: {}, setActive: true, compress: false });
  await trial.hours(1);
  trial.account.calls.length = 0;
  return { trial, ...made };
}

async function account(): Promise<ReapTrial> {
  const trial = await reapTrial();
  await key(trial, "mine");
  return trial;
}

const baselineOf = ({ context }: ReapTrial) => activeSnapshot(context.store, context.connection.account);

it("tells what differs from the baseline, keeps the whole of it, and leaves the baseline", async () => {
  const { trial, context, published, store, measured } = await watched();
  await key(trial, "added-later");
  const answer = await onWatch(scheduledEvent(), context);
  const [mail] = published();
  const [path = ""] = [...store.objects.keys()].filter((each) => each.includes("/reports/"));

  expect(answer).toMatchObject({
    statusCode: 200,
    body: expect.stringContaining("since baseline base in account 111111111111"),
  });
  expect(mail?.Message).toContain("added-later");
  expect(mail?.MessageAttributes).toMatchObject({
    event: { StringValue: "snapshot" },
    baseline: { StringValue: "base" },
    added: { StringValue: "1" },
    deleted: { StringValue: "0" },
  });
  expect(store.objects.get(path)?.toString()).toContain("added-later");
  expect(Object.fromEntries(measured)).toMatchObject({ ResourcesChanged: 1, ListingsIncomplete: 0 });
  expect(await baselineOf(trial)).toBe("base");
});

it("tells nobody where nothing has changed", async () => {
  const { context, published, store } = await watched();
  const { body } = await onWatch({}, context);

  expect(body).toContain("nothing has changed since baseline base");
  expect(published()).toEqual([]);
  expect([...store.objects.keys()].filter((each) => each.includes("/snapshots/"))).toHaveLength(2);
});

it("tells the same change again until a person makes another baseline", async () => {
  const { trial, context, published } = await watched({ EVENKEEL_SET_BASELINE: "true" });
  await key(trial, "added-later");
  for (const _ of [1, 2]) {
    await onWatch({}, context);
    await trial.hours(1);
  }

  expect(published()).toHaveLength(2);
  expect(await baselineOf(trial)).toBe("base");
});

it.each([undefined, "", "false"])(
  "says that there is no baseline, and sets none with EVENKEEL_SET_BASELINE %j",
  async (text) => {
    const trial = await account();
    const { context, published, host } = await functionTrial(
      trial.account,
      { ...HERE, EVENKEEL_SET_BASELINE: text },
      trial.context.store as never,
    );
    const { body } = await onWatch({}, context);

    expect(body).toContain("has no baseline");
    expect(published()[0]?.Message).toMatch(/evenkeel snapshot set-active \S+/);
    expect(host.texts("warning")).toContain(body);
    expect(await baselineOf(trial)).toBeUndefined();
  },
);

it("sets the first baseline where it is told to", async () => {
  const trial = await account();
  const env = { ...HERE, EVENKEEL_SET_BASELINE: "true" };
  const { context, published } = await functionTrial(trial.account, env, trial.context.store as never);
  const { body } = await onWatch({}, context);

  expect(body).toContain("is the baseline");
  expect(published()).toHaveLength(1);
  expect(body).toContain(await baselineOf(trial));
});

it("does not look like a quiet account when it can't see any more", async () => {
  const { trial, context, published } = await watched();
  trial.account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeKeyPairs" }];
  await onWatch({}, context);

  expect(published()[0]?.Message).toMatch(/1 listing that the baseline has seen completely could not be read now/);
});

it("says what only one side has looked for", async () => {
  const { trial, context, published } = await watched({
    EVENKEEL_SELECTION: '{"type":["ec2:key-pair"],"regions":["eu-west-1","us-east-1"]}',
  });
  await key(trial, "added-later");
  await onWatch({}, context);

  expect(published()[0]?.Message).toContain("as the baseline never looked for it: us-east-1");
  expect(published()[0]?.Message).toContain("as only the baseline has looked for it: AWS::EC2::SecurityGroup");
});

it.each([
  [{ EVENKEEL_SET_BASELINE: "yes" }],
  [{ EVENKEEL_SELECTION: '{"type":["ec2:nothing"]}' }],
  [{ EVENKEEL_SELECTION: "[]" }],
])("does nothing with %j", async (env) => {
  const { trial, context } = await watched(env);

  await expect(onWatch({}, context)).rejects.toThrow();
  expect(trial.account.calls).toEqual([]);
});

it.each([["text"], [{ detail: 1 }], [scheduledEvent({ account: "999999999999" })]])("refuses %j", async (event) => {
  const { trial, context } = await watched();

  expect(await onWatch(event, context)).toMatchObject({ statusCode: 403 });
  expect(trial.account.calls).toEqual([]);
});

it("stores nothing when the time is over during the scan", async () => {
  const { trial, context, store, signal } = await watched();
  signal.abort(new Error("over"));
  // As calls of a connection fail that has ended.
  trial.account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeSecurityGroups" }];

  await expect(onWatch({}, context)).rejects.toThrow("over");
  expect([...store.objects.keys()].filter((each) => each.includes("/snapshots/"))).toHaveLength(1);
});

it("keeps the baseline and one snapshot whole when two run at once", async () => {
  const { trial, context } = await watched();
  await group(trial, "later");
  const ends = await Promise.allSettled([onWatch({}, context), onWatch({}, context)]);
  const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));

  expect(ends.map(({ status }) => status)).toContain("fulfilled");
  for (const each of refused) expect(each).toMatchObject({ code: "SNAPSHOT_EXISTS" });
  expect(await baselineOf(trial)).toBe("base");
});

it("tells of a baseline that is damaged, and keeps what it saw", async () => {
  const { context, store } = await watched();
  const [path = ""] = [...store.objects.keys()].filter((each) => each.endsWith("base.jsonl"));
  store.objects.set(path, Buffer.from(`${store.objects.get(path)?.toString()}x`));

  await expect(onWatch({}, context)).rejects.toMatchObject({ code: "CORRUPT_SNAPSHOT" });
  expect([...store.objects.keys()].filter((each) => each.includes("/snapshots/"))).toHaveLength(2);
});
