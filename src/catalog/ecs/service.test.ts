import { DeleteServiceCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedServices } from "./ecs.trial.ts";

const named = (id: string) => {
  const [cluster = "", service = ""] = id.split("/");
  return { cluster, service };
};

contractSuite("AWS::ECS::Service", {
  seed: seedServices,
  remove: ({ send }, id) => send(ECSClient, new DeleteServiceCommand({ ...named(id), force: true })),
  change: ({ send }, id) => send(ECSClient, new UpdateServiceCommand({ ...named(id), enableExecuteCommand: true })),
});
