import { textAt } from "../../../catalog/charges.ts";
import { valuesAt } from "../../../model/path.ts";
import { explain, type FindingRule, isPast } from "../rule.ts";

const DAYS = 90;

export const unreadSecret: FindingRule = {
  id: "unread-secret",
  finds: "secrets that nobody has read",
  types: ["AWS::SecretsManager::Secret"],
  days: DAYS,
  saves: { kind: "removal" },
  remedy: "delete it with a recovery window, in which it can be had back",
  command: explain,
  sources: [
    "https://aws.amazon.com/secrets-manager/pricing/",
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html",
  ],
  judge({ configuration, observed, unknown = [], region, createdAt }, { now }) {
    const primary = textAt(configuration, "PrimaryRegion");
    const isReplicated =
      (primary !== "" && primary !== region) || valuesAt(configuration, "ReplicationStatus[]").length > 0;
    if (textAt(configuration, "OwningService") !== "" || isReplicated || !isPast(createdAt, DAYS, now))
      return undefined;
    const read = observed.LastAccessedDate;
    // AWS tells the day only: it may have been read up to its end.
    if (read !== undefined && !isPast(String(read), DAYS + 1, now)) return undefined;
    if (unknown.some(({ path }) => path === "ReplicationStatus"))
      return { unread: "whether it has replicas that are read (secretsmanager:DescribeSecret)" };
    const last = read === undefined ? "never read" : `last read ${String(read).slice(0, 10)}`;
    return { found: `${last}, created ${createdAt?.slice(0, 10)}` };
  },
};
