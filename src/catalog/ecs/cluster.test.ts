import { DeleteClusterCommand, ECSClient, UpdateClusterSettingsCommand } from "@aws-sdk/client-ecs";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedClusters } from "./ecs.trial.ts";

contractSuite("AWS::ECS::Cluster", {
  seed: seedClusters,
  remove: ({ send }, cluster) => send(ECSClient, new DeleteClusterCommand({ cluster })),
  change: ({ send }, cluster) => {
    const settings = [{ name: "containerInsights" as const, value: "enabled" }];
    return send(ECSClient, new UpdateClusterSettingsCommand({ cluster, settings }));
  },
});
