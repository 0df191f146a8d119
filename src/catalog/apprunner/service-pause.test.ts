import {
  AppRunnerClient,
  DeleteServiceCommand,
  DescribeServiceCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-apprunner";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Resource } from "../../model/resource.ts";
import type { PauseState } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { arnOf, SETTLED_MS, service } from "./apprunner.trial.ts";
import { pause } from "./service-pause.ts";

const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });

async function statusOf({ send }: TestAccount, id: string) {
  return (await send(AppRunnerClient, new DescribeServiceCommand({ ServiceArn: arnOf(id) }))).Service?.Status;
}

pauseSuite("AWS::AppRunner::Service", { seed: (account) => service(account, "shop") });

it("waits for an operation that is under way, because App Runner takes one at a time", async () => {
  const account = await testAccount();
  const id = await service(account, "shop");
  const update = { ServiceArn: arnOf(id), InstanceConfiguration: { Cpu: "2048", Memory: "4096" } };
  await account.send(AppRunnerClient, new UpdateServiceCommand(update));

  await pause.stop(scopeOf(account), id, {});
  await account.twin.clock.sleep(SETTLED_MS);

  expect(await statusOf(account, id)).toBe("PAUSED");
});

it("resumes one whose pause is still under way", async () => {
  const account = await testAccount();
  const id = await service(account, "shop");
  await pause.stop(scopeOf(account), id, {});

  await pause.resume(scopeOf(account), id, {});
  await account.twin.clock.sleep(SETTLED_MS);

  expect(await statusOf(account, id)).toBe("RUNNING");
});

it("takes one that was deleted for gone, though AWS still tells of it", async () => {
  const account = await testAccount();
  const id = await service(account, "shop");
  await account.send(AppRunnerClient, new DeleteServiceCommand({ ServiceArn: arnOf(id) }));
  await account.twin.clock.sleep(SETTLED_MS);

  expect(await statusOf(account, id)).toBe("DELETED");
  expect(await pause.capture(scopeOf(account), id)).toBeUndefined();
});

describe("an App Runner service", () => {
  const verdictOf = (state: PauseState, configuration: JsonObject = {}) =>
    pause.eligible(state, { configuration } as unknown as Resource);

  async function captured(Status?: string): Promise<PauseState> {
    const account = await testAccount();
    const id = await service(account, "shop");
    await statusOf(account, id);
    const row = account.twin.world.accounts["111111111111"]?.regions[HERE]?.["apprunner.service"]?.[arnOf(id)];
    if (Status) Object.assign(row?.service as object, { Status });
    return (await pause.capture(scopeOf(account), id)) as PauseState;
  }

  it.each(["CREATE_FAILED", "DELETE_FAILED"])(
    "that has failed is neither paused nor back, but kept: %s",
    async (status) => {
      const state = await captured(status);
      const words = status.toLowerCase().replace("_", " ");

      expect(state.phase).toBe("running");
      expect(verdictOf(state)).toMatchObject({ kind: "kept", reason: expect.stringContaining(words) });
      const { phase, differs } = pause.resumed(state.saved, state);
      expect(phase).toBe("ready");
      expect(differs).toEqual([expect.objectContaining({ field: "state", after: words })]);
    },
  );

  it("in a state that nobody knows is kept, and waited for", async () => {
    const state = await captured("SOMETHING_NEW");

    expect(state.phase).toBe("moving");
    expect(verdictOf(state)).toMatchObject({ kind: "kept", reason: expect.stringContaining("something new") });
  });

  it("saves none of its environment, and says what is not deployed meanwhile", async () => {
    const state = await captured();
    const verdict = verdictOf(state, { SourceConfiguration: { AutoDeploymentsEnabled: true } });

    expect(JSON.stringify(state)).not.toContain("s3cr3t");
    expect(verdict).toMatchObject({ risks: expect.arrayContaining([expect.stringMatching(/pushed to its source/)]) });
  });
});
