import {
  CreateTriggerCommand,
  DeleteTriggerCommand,
  GlueClient,
  StopTriggerCommand,
  UpdateTriggerCommand,
} from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { ReadScope } from "../contract.ts";
import { readScope } from "../scope.ts";
import entry from "./trigger.ts";

const IDS = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `nightly-${letter}`);
const SWITCHED_MS = 60_000;
const Actions = [{ JobName: "load", Arguments: { "--password": "s3cr3t" } }];

contractSuite("AWS::Glue::Trigger", {
  seed: async ({ send, twin }) => {
    const schedule = { Type: "SCHEDULED", Schedule: "cron(15 2 * * ? *)", StartOnCreation: true } as const;
    for (const Name of IDS)
      await send(GlueClient, new CreateTriggerCommand({ Name, ...schedule, Actions, Tags: { team: "sales" } }));
    await twin.clock.sleep(SWITCHED_MS);
    return IDS;
  },
  remove: async ({ send, twin }, Name) => {
    await send(GlueClient, new DeleteTriggerCommand({ Name }));
    await twin.clock.sleep(SWITCHED_MS);
  },
  change: async ({ send, twin }, Name) => {
    await send(GlueClient, new StopTriggerCommand({ Name }));
    await twin.clock.sleep(SWITCHED_MS);
    const TriggerUpdate = { Schedule: "cron(45 3 * * ? *)", Actions };
    await send(GlueClient, new UpdateTriggerCommand({ Name, TriggerUpdate }));
  },
});

it("has the tags that the Tagging API tells of it", async () => {
  const account = await testAccount();
  const settings = { Name: "by-hand", Type: "ON_DEMAND", Tags: { team: "sales" } } as const;
  await account.send(GlueClient, new CreateTriggerCommand({ ...settings, Actions }));
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });

  expect(await entry.read(scope, "by-hand")).toMatchObject({ state: "CREATED", tags: { team: "sales" } });
});

removalSuite("AWS::Glue::Trigger", {
  seed: async ({ send }) => {
    const schedule = { Type: "SCHEDULED", Schedule: "cron(15 2 * * ? *)", StartOnCreation: true } as const;
    for (const Name of ["nightly", "other"])
      await send(GlueClient, new CreateTriggerCommand({ Name, ...schedule, Actions }));
    return "nightly";
  },
});

it("is told from another trigger of its name by what it does, without the arguments that may be secret", async () => {
  const found = { id: "nightly", tags: {}, configuration: { Type: "ON_DEMAND", Actions } };
  const { identity } = await entry.removal.inspect(found, undefined as never as ReadScope);

  expect(identity).toEqual({ type: "ON_DEMAND", starts: ["load"] });
});
