import { describe, expect, it } from "vitest";
import { someOf } from "../../../tests/contract/runs.ts";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { iamAction } from "../../aws/actions.ts";
import { connect } from "../../aws/session.ts";
import { FACTS } from "../../catalog/registry.ts";
import { subject } from "../../model/delta.ts";
import { virtualClock } from "../../twin/clock.ts";
import { driftApart } from "../../twin/demo/drift.ts";
import { seedOf } from "../../twin/demo/seed.ts";
import { FAULTS } from "../../twin/faults.ts";
import { twinHandler } from "../../twin/wire/handler.ts";
import { createSnapshot } from "../snapshot/create.ts";
import { delta } from "./delta.ts";

const EVERYTHING = { selection: {}, metadata: {}, setActive: true, compress: false };

async function withBaseline() {
  const trial = await verbTrial();
  await createSnapshot(trial.context, { ...EVERYTHING, name: "baseline" });
  trial.twin.log.length = 0;
  return trial;
}

describe("delta", () => {
  it("says nothing of an untouched account, a month later", async () => {
    const { twin, context } = await withBaseline();
    await twin.clock.sleep(30 * 24 * 3_600_000);
    const result = await delta(context, { selection: {} });

    expect(result.changes).toEqual([]);
    expect(result.unchanged).toBe(result.before.resources);
    expect(result.unseen).toEqual([]);
  });

  it("names every property that drifted, what was added and what was deleted, and nothing else", async () => {
    const { twin, context } = await withBaseline();
    const drift = await driftApart(seedOf(twin.world, "eu-west-1", "", virtualClock(twin.clock.now() + 3_600_000)));
    const { changes } = await delta(context, { selection: {} });

    for (const deed of drift) {
      const found = changes.filter((change) => {
        const { type, id, name } = subject(change);
        return change.kind === deed.kind && type === deed.type && `${id} ${name}`.includes(deed.resource);
      });
      expect(found.length, deed.says).toBeGreaterThan(0);
      const paths = found.flatMap((change) =>
        "properties" in change ? change.properties.map(({ path }) => path) : [],
      );
      for (const path of deed.paths)
        expect(
          paths.some((each) => each.startsWith(path)),
          `${deed.says}: ${path} in ${paths}`,
        ).toBe(true);
    }
    const modified = changes.filter(({ kind }) => kind === "modified").map((change) => subject(change).arn);
    expect(modified).toHaveLength(drift.filter(({ kind }) => kind === "modified").length);
    expect(changes.filter(({ kind }) => kind === "unknown")).toEqual([]);
  });

  it.each([
    ["denied", FAULTS.denied],
    ["throttled out", FAULTS.throttle],
    ["500", FAULTS.serverError],
    ["HTML", FAULTS.html],
  ])(
    "never shows a resource as deleted or added when a listing is %s",
    async (_, fault) => {
      const { twin, context } = await withBaseline();
      await delta(context, { selection: {} });
      const operations = new Set(twin.log.map(({ service, operation }) => `${service}:${operation}`));
      expect(operations.size).toBeGreaterThan(50);

      for (const each of someOf(operations)) {
        const [service = "", operation = ""] = each.split(":");
        const action = iamAction({ service, operation });
        const type = FACTS.filter((facts) => facts.iam.list.includes(action)).map((facts) => facts.type);
        twin.faults = [{ ...fault, service, operation }];
        const result = await delta(context, { selection: { type } });
        const wrong = result.changes.filter(({ kind }) => kind !== "unknown");
        expect(wrong, each).toEqual([]);
      }
    },
    60_000,
  );

  it("never shows what a listing failed to see at the baseline as added", async () => {
    const trial = await verbTrial();
    trial.twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeInstances" }];
    const { incomplete } = await createSnapshot(trial.context, { ...EVERYTHING, name: "blind" });
    trial.twin.faults = [];
    const result = await delta(trial.context, { selection: {} });

    expect(incomplete.map(({ type, status, action }) => [type, status, action])).toEqual(
      Array.from({ length: 3 }, () => ["AWS::EC2::Instance", "denied", "ec2:DescribeInstances"]),
    );
    expect(new Set(result.changes.map(({ kind }) => kind))).toEqual(new Set(["unknown"]));
    expect(result.unseen).toHaveLength(3);
  });

  it("goes on with what was seen when credentials expire in mid-scan, and stops calling", async () => {
    const { twin, context } = await withBaseline();
    twin.faults = [{ ...FAULTS.expired, skip: 40 }];
    const result = await delta(context, { selection: {} });

    expect(result.changes.filter(({ kind }) => kind !== "unknown")).toEqual([]);
    expect(result.unseen.length).toBeGreaterThan(0);
    expect(result.unseen[0]?.reason).toContain("ExpiredToken");
  });

  it("never shows a resource as deleted or added when a listing is answered by a web page, on the wire", async () => {
    const { twin, context } = await withBaseline();
    const credentials = async () => ({ accessKeyId: "AKIATEST000000000000", secretAccessKey: "test" });
    const wire = { kind: "http", credentials, endpoint: "http://127.0.0.1:1", handler: twinHandler(twin) } as const;
    const { signal } = new AbortController();
    const connection = await connect({ clock: twin.clock, signal, region: "eu-west-1", wire, headRoom: 0 });
    const onTheWire = { ...context, connection };
    const whole = await delta(onTheWire, { selection: {} });
    expect(whole.changes).toEqual([]);
    const operations = new Set(twin.log.map(({ service, operation }) => `${service}:${operation}`));

    for (const each of someOf(operations)) {
      const [service = "", operation = ""] = each.split(":");
      const action = iamAction({ service, operation });
      const type = FACTS.filter((facts) => facts.iam.list.includes(action)).map((facts) => facts.type);
      if (type.length === 0) continue;
      twin.faults = [{ ...FAULTS.html, service, operation }];
      const result = await delta(onTheWire, { selection: { type } });
      expect(
        result.changes.filter(({ kind }) => kind !== "unknown"),
        each,
      ).toEqual([]);
      const reasons = [
        ...result.unseen.map(({ reason }) => reason),
        ...result.changes.map((change) => "reason" in change && change.reason),
      ];
      expect(
        reasons.some((reason) => String(reason).includes("HTML")),
        each,
      ).toBe(true);
    }
  }, 120_000);

  it("takes nothing in a region that was switched off since for deleted, and does not call it", async () => {
    const { twin, context } = await verbTrial();
    await createSnapshot(context, { ...EVERYTHING, name: "baseline" });
    const account = Object.values(twin.world.accounts)[0];
    account?.enabledRegions.splice(account.enabledRegions.indexOf("us-east-1"), 1);
    const { signal } = new AbortController();
    const wire = { kind: "direct", call: twin.direct() } as const;
    const connection = await connect({ clock: twin.clock, signal, region: "eu-west-1", wire, headRoom: 0 });
    twin.log.length = 0;
    const result = await delta({ ...context, connection }, { selection: {} });

    expect(new Set(result.changes.map(({ kind }) => kind))).toEqual(new Set(["unknown"]));
    expect(result.unseen.every(({ reason }) => reason?.includes("switched off"))).toBe(true);
    expect(twin.log.filter(({ region, service }) => region === "us-east-1" && service !== "iam")).toEqual([]);
  });

  it("calls nothing when the selection is wrong", async () => {
    const { twin, context } = await withBaseline();

    await expect(delta(context, { selection: { type: ["ec2:instnce"] } })).rejects.toMatchObject({
      code: "UNKNOWN_TYPE",
      details: { hint: expect.stringContaining("ec2:instance") },
    });
    await expect(delta(context, { selection: { tag: ["env"] } })).rejects.toMatchObject({ code: "USAGE" });
    await expect(delta(context, { selection: {}, since: "yesterday" })).rejects.toMatchObject({ code: "USAGE" });
    expect(twin.log).toEqual([]);
  });

  it("warns of types and regions that the baseline never looked for, and takes nothing in them for added", async () => {
    const { context, host } = await verbTrial();
    await createSnapshot(context, {
      ...EVERYTHING,
      name: "part",
      selection: { type: ["sqs:queue"], regions: ["eu-west-1"] },
    });
    const result = await delta(context, { selection: { type: ["compute"], regions: ["us-east-1"] } });

    expect(result.changes).toEqual([]);
    expect(host.texts("warning").join("\n")).toMatch(
      /never looked for AWS::EC2::Instance[\s\S]*never looked for us-east-1/,
    );
  });

  it("says how to make a baseline where there is none", async () => {
    const { context } = await verbTrial();

    await expect(delta(context, { selection: {} })).rejects.toMatchObject({
      code: "NO_BASELINE",
      details: { hint: expect.stringContaining("evenkeel snapshot create") },
    });
  });
});
