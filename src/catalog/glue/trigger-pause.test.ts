import {
  CreateTriggerCommand,
  type CreateTriggerRequest,
  DeleteTriggerCommand,
  GetTriggerCommand,
  GlueClient,
  StartTriggerCommand,
  StopTriggerCommand,
} from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { PauseState } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./trigger-pause.ts";

const Name = "nightly";
const SWITCHED_MS = 60_000;
const ACTIVATED = { state: "ACTIVATED", type: "SCHEDULED" };

const SCHEDULED = { Type: "SCHEDULED", Schedule: "cron(15 2 * * ? *)", StartOnCreation: true } as const;
const Predicate = { Conditions: [{ JobName: "extract", LogicalOperator: "EQUALS", State: "SUCCEEDED" } as const] };

type Settings = Partial<CreateTriggerRequest> & Pick<CreateTriggerRequest, "Type">;

async function create({ send, twin }: TestAccount, settings: Settings = SCHEDULED): Promise<string> {
  await send(GlueClient, new CreateTriggerCommand({ Name, Actions: [{ JobName: "load" }], ...settings }));
  await twin.clock.sleep(SWITCHED_MS);
  return Name;
}

const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });
const writesOf = ({ calls }: TestAccount) => calls.splice(0).filter((call) => /Start|Stop/.test(call));

pauseSuite("AWS::Glue::Trigger", {
  seed: (account) => create(account),
  keeps: [
    { why: /only on demand/, seed: (account) => create(account, { Type: "ON_DEMAND" }) },
    { why: /not activated/, seed: (account) => create(account, { ...SCHEDULED, StartOnCreation: false }) },
  ],
});

describe.each([
  ["CONDITIONAL", { Type: "CONDITIONAL", Predicate, StartOnCreation: true }],
  ["EVENT", { Type: "EVENT", WorkflowName: "sales", StartOnCreation: true }],
] as const)("a trigger of type %s", (type, settings) => {
  it("is switched off and on again as it was", async () => {
    const account = await testAccount();
    const id = await create(account, settings);
    const scope = scopeOf(account);
    const whole = async () => (await account.send(GlueClient, new GetTriggerCommand({ Name }))).Trigger;
    const before = await whole();

    await pause.stop(scope, id, { ...ACTIVATED, type });
    await account.twin.clock.sleep(SWITCHED_MS);
    expect((await pause.capture(scope, id))?.phase).toBe("paused");
    await pause.resume(scope, id, { ...ACTIVATED, type });
    await account.twin.clock.sleep(SWITCHED_MS);

    expect(await whole()).toEqual(before);
  });
});

describe("a trigger", () => {
  const verdictOf = (saved: PauseState["saved"]) =>
    pause.eligible({ phase: "running", saved, words: "activated" }, undefined as never);

  it("is never started where its name has become that of one on demand: that would run its jobs", async () => {
    const account = await testAccount();
    await create(account);
    await account.send(GlueClient, new DeleteTriggerCommand({ Name }));
    await account.twin.clock.sleep(SWITCHED_MS);
    await create(account, { Type: "ON_DEMAND" });

    await expect(pause.resume(scopeOf(account), Name, ACTIVATED)).rejects.toMatchObject({ code: "REFUSED" });
    await expect(pause.stop(scopeOf(account), Name, ACTIVATED)).rejects.toMatchObject({ code: "REFUSED" });
    expect(writesOf(account)).toEqual([]);
  });

  it("that its owner had switched off is not switched on", async () => {
    const account = await testAccount();
    await create(account, { ...SCHEDULED, StartOnCreation: false });

    await pause.resume(scopeOf(account), Name, { ...ACTIVATED, state: "CREATED" });

    expect(writesOf(account)).toEqual([]);
  });

  it("of a type that is new or not told is kept", () => {
    expect(verdictOf({ ...ACTIVATED, type: "SOMETIMES" })).toMatchObject({ kind: "kept" });
    expect(verdictOf({ state: "ACTIVATED" })).toMatchObject({ kind: "kept", reason: expect.stringMatching(/unknown/) });
  });

  it("tells what it misses, and what that does to its workflow", () => {
    expect(verdictOf({ ...ACTIVATED, schedule: "cron(15 2 * * ? *)", workflow: "sales" })).toMatchObject({
      loses: ["the runs that are due meanwhile (cron(15 2 * * ? *))"],
      risks: [expect.stringMatching(/workflow sales/)],
    });
  });

  it("is not called again while it is switched", async () => {
    const account = await testAccount();
    const id = await create(account);
    const scope = scopeOf(account);
    await account.send(GlueClient, new StopTriggerCommand({ Name }));
    await pause.stop(scope, id, ACTIVATED);
    expect(writesOf(account)).toEqual([]);
    expect((await pause.capture(scope, id))?.words).toBe("deactivating");

    await account.twin.clock.sleep(SWITCHED_MS);
    await account.send(GlueClient, new StartTriggerCommand({ Name }));
    await pause.resume(scope, id, ACTIVATED);
    expect(writesOf(account)).toEqual([]);
    expect((await pause.capture(scope, id))?.phase).toBe("moving");
  });
});
