import { valuesAt } from "../../../model/path.ts";
import type { FindingRule } from "../rule.ts";

export const idleTable: FindingRule = {
  id: "idle-table",
  finds: "DynamoDB tables with provisioned capacity that nobody uses",
  types: ["AWS::DynamoDB::Table"],
  quietDays: 14,
  saves: { kind: "pause" },
  remedy: "pause it, which makes it on-demand: nothing is lost, and it costs by the request",
  command: ({ region, id }) => `evenkeel pause --type dynamodb:table --region ${region} --id ${id} --dry-run`,
  sources: [
    "https://aws.amazon.com/dynamodb/pricing/provisioned/",
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html",
  ],
  judge({ state, configuration }) {
    const mode = valuesAt(configuration, "BillingModeSummary.BillingMode")[0] ?? "PROVISIONED";
    // What is read by an index, and what other regions write, is counted elsewhere than with the table.
    const isUsedElsewhere = ["GlobalSecondaryIndexes[]", "Replicas[]"].some(
      (path) => valuesAt(configuration, path).length > 0,
    );
    if (state !== "ACTIVE" || mode !== "PROVISIONED" || isUsedElsewhere) return undefined;
    return { found: "nobody reads or writes it" };
  },
};
