import { numberAt, textAt } from "../../../catalog/charges.ts";
import { explain, type FindingRule } from "../rule.ts";

export const neverExpiringLogs: FindingRule = {
  id: "never-expiring-logs",
  finds: "log groups that keep what they get for ever",
  types: ["AWS::Logs::LogGroup"],
  saves: { kind: "removal", parts: ["storage"] },
  atMost: "what a retention leaves goes on costing, and AWS counts compressed bytes",
  remedy: "say how long its events are wanted; older ones are then deleted",
  // Not the command that sets a retention: it deletes what is older at once, and audit logs are log groups, too.
  command: explain,
  sources: [
    "https://aws.amazon.com/cloudwatch/pricing/",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html",
  ],
  judge({ configuration, observed }) {
    const stored = numberAt(observed, "storedBytes") ?? 0;
    // Of the class DELIVERY events are kept for one day. Source: API reference, CreateLogGroup.
    const keepsForEver = configuration.retentionInDays === undefined;
    if (!keepsForEver || textAt(configuration, "logGroupClass") === "DELIVERY" || stored === 0) return undefined;
    return { found: `it has no retention and stores ${(stored / 1e9).toFixed(stored < 1e9 ? 3 : 1)} GB` };
  },
};
