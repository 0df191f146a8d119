import {
  CreateNotebookInstanceCommand,
  type CreateNotebookInstanceInput,
  SageMakerClient,
  StartNotebookInstanceCommand,
  StopNotebookInstanceCommand,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { PauseState } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./notebook-instance-pause.ts";

const NotebookInstanceName = "research";
const SETTLED_MS = 3_600_000;

async function create({ send }: TestAccount, more: Partial<CreateNotebookInstanceInput> = {}): Promise<string> {
  const settings = { InstanceType: "ml.t3.medium", RoleArn: "arn:aws:iam::111111111111:role/research" } as const;
  await send(SageMakerClient, new CreateNotebookInstanceCommand({ NotebookInstanceName, ...settings, ...more }));
  return NotebookInstanceName;
}

pauseSuite("AWS::SageMaker::NotebookInstance", { seed: (account) => create(account) });

describe("a SageMaker notebook instance", () => {
  async function tried(more: Partial<CreateNotebookInstanceInput> = {}) {
    const account = await testAccount();
    const id = await create(account, more);
    await account.twin.clock.sleep(SETTLED_MS);
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const now = async () => (await pause.capture(scope, id)) as PauseState;
    return { account, id, scope, now };
  }
  const verdictOf = (state: PauseState) => pause.eligible(state, undefined as never);
  const FAILED = { words: "Failed", live: { failure: "the lifecycle script timed out" } };

  it.each(["Failed", "InMaintenance", "PendingMaintenance", "Updating", "Deleting", "unknown"])(
    "that is %s is kept",
    async (words) => {
      const { now } = await tried();

      expect(verdictOf({ ...(await now()), words })).toMatchObject({
        kind: "kept",
        reason: expect.stringContaining(words),
      });
    },
  );

  it("says what may keep it from starting: its lifecycle script and its key", async () => {
    const risks = async (more: Partial<CreateNotebookInstanceInput>) => {
      const verdict = verdictOf(await (await tried(more)).now());
      return verdict.kind === "eligible" ? verdict.risks.join("; ") : "";
    };

    expect(await risks({})).not.toMatch(/lifecycle|KMS/);
    expect(await risks({ LifecycleConfigName: "auto-stop" })).toMatch(/lifecycle script/);
    expect(await risks({ KmsKeyId: "alias/research" })).toMatch(/KMS key/);
  });

  it("that failed to start is not back: the reason is told, and a resume tries again", async () => {
    const { now } = await tried();
    const { saved, ...state } = await now();
    const { phase, differs } = pause.resumed(saved, { ...state, saved, ...FAILED });

    expect(phase).toBe("ready");
    expect(differs).toEqual([expect.objectContaining({ because: expect.stringContaining(FAILED.live.failure) })]);
  });

  it("is not called again while it stops or starts", async () => {
    const { account, id, scope, now } = await tried();
    const writes = () => account.calls.splice(0).filter((call) => /Start|Stop/.test(call));
    await account.send(SageMakerClient, new StopNotebookInstanceCommand({ NotebookInstanceName }));
    await pause.stop(scope, id, {});
    expect(writes()).toEqual([]);
    expect((await now()).phase).toBe("moving");

    await account.twin.clock.sleep(SETTLED_MS);
    await account.send(SageMakerClient, new StartNotebookInstanceCommand({ NotebookInstanceName }));
    await pause.resume(scope, id, {});
    expect(writes()).toEqual([]);
    expect((await now()).words).toBe("Pending");
  });

  it("that someone else made anew under its name is told apart", async () => {
    const { now } = await tried();
    const { saved, ...state } = await now();
    const other = { ...saved, createdAt: "2020-01-01T00:00:00.000Z" };

    expect(pause.resumed(other, { ...state, saved }).differs.map(({ field }) => field)).toEqual(["createdAt"]);
  });
});
