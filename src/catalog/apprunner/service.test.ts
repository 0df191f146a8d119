import { AppRunnerClient, DeleteServiceCommand, UpdateServiceCommand } from "@aws-sdk/client-apprunner";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { arnOf, SETTLED_MS, service } from "./apprunner.trial.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `shop-${letter}`);

contractSuite("AWS::AppRunner::Service", {
  seed: async (account) => {
    const ids: string[] = [];
    for (const name of NAMES) ids.push(await service(account, name));
    return ids;
  },
  remove: async ({ send, twin }, id) => {
    await send(AppRunnerClient, new DeleteServiceCommand({ ServiceArn: arnOf(id) }));
    await twin.clock.sleep(SETTLED_MS);
  },
  change: async ({ send, twin }, id) => {
    const InstanceConfiguration = { Cpu: "2048", Memory: "4096" };
    await send(AppRunnerClient, new UpdateServiceCommand({ ServiceArn: arnOf(id), InstanceConfiguration }));
    await twin.clock.sleep(SETTLED_MS);
  },
});

removalSuite("AWS::AppRunner::Service", {
  seed: async (account) => {
    await service(account, "other");
    return service(account, "shop");
  },
});
