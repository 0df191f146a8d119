import {
  CreateClusterCommand,
  type CreateClusterMessage,
  PauseClusterCommand,
  RedshiftClient,
  ResumeClusterCommand,
} from "@aws-sdk/client-redshift";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { PauseState } from "../contract.ts";
import { readScope, writeScope } from "../scope.ts";
import { pause } from "./cluster-pause.ts";

const ClusterIdentifier = "sales";

async function create({ send }: TestAccount, more: Partial<CreateClusterMessage> = {}): Promise<string> {
  const settings = { NodeType: "ra3.large", NumberOfNodes: 2, MasterUsername: "sales", ManageMasterPassword: true };
  await send(RedshiftClient, new CreateClusterCommand({ ClusterIdentifier, ...settings, ...more }));
  return ClusterIdentifier;
}

const HSM = { Encrypted: true, HsmConfigurationIdentifier: "vault", HsmClientCertificateIdentifier: "vault-client" };

pauseSuite("AWS::Redshift::Cluster", {
  seed: (account) => create(account),
  keeps: [
    { why: /hardware security module vault/, seed: (account) => create(account, HSM) },
    {
      why: /automated snapshots are switched off/,
      seed: (account) => create(account, { AutomatedSnapshotRetentionPeriod: 0 }),
    },
    { why: /Multi-AZ cluster/, seed: (account) => create(account, { MultiAZ: true }) },
  ],
});

describe("a Redshift cluster", () => {
  async function captured(more: Partial<CreateClusterMessage> = {}): Promise<PauseState> {
    const account = await testAccount();
    const id = await create(account, more);
    const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
    return (await pause.capture(scope, id)) as PauseState;
  }
  const verdictOf = (state: PauseState) => pause.eligible(state, undefined as never);

  it.each(["storage-full", "hardware-failure", "incompatible-network", "final-snapshot", "deleting", "unknown"])(
    "that is %s is kept",
    async (words) => {
      const state = await captured();

      expect(verdictOf({ ...state, words })).toMatchObject({ kind: "kept", reason: expect.stringContaining(words) });
    },
  );

  it("whose snapshots could not be told is kept", async () => {
    const { saved, ...state } = await captured();
    const { snapshotDays: _, ...left } = saved;

    expect(verdictOf({ ...state, saved: left })).toMatchObject({
      kind: "kept",
      reason: expect.stringMatching(/unknown/),
    });
  });

  it("loses its public address unless that is an elastic one", async () => {
    const loses = async (more: Partial<CreateClusterMessage>) => {
      const verdict = verdictOf(await captured({ PubliclyAccessible: true, ...more }));
      return verdict.kind === "eligible" ? verdict.loses.join("; ") : "";
    };

    expect(await loses({})).toMatch(/public address/);
    expect(await loses({ ElasticIp: "198.51.100.7" })).not.toMatch(/public address/);
  });

  it("is not called again while it pauses or resumes", async () => {
    const account = await testAccount();
    const id = await create(account);
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const writes = () => account.calls.splice(0).filter((call) => /Pause|Resume/.test(call));
    await account.send(RedshiftClient, new PauseClusterCommand({ ClusterIdentifier }));
    await pause.stop(scope, id, {});
    expect(writes()).toEqual([]);
    expect((await pause.capture(scope, id))?.phase).toBe("moving");

    await account.twin.clock.sleep(3_600_000);
    await account.send(RedshiftClient, new ResumeClusterCommand({ ClusterIdentifier }));
    await pause.resume(scope, id, {});
    expect(writes()).toEqual([]);
    expect((await pause.capture(scope, id))?.words).toBe("resuming");
  });
});
