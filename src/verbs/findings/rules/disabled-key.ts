import { textAt } from "../../../catalog/charges.ts";
import { explain, type FindingRule, isPast } from "../rule.ts";

const DAYS = 30;

export const disabledKey: FindingRule = {
  id: "disabled-key",
  finds: "KMS keys that are disabled",
  types: ["AWS::KMS::Key"],
  days: DAYS,
  saves: { kind: "removal" },
  remedy:
    "schedule its deletion, but only when nothing that was ever encrypted with it is wanted back: that is lost with it",
  command: explain,
  sources: [
    "https://aws.amazon.com/kms/pricing/",
    "https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
  ],
  judge({ configuration, state, createdAt }, { now }) {
    if (textAt(configuration, "KeyManager") !== "CUSTOMER" || state !== "Disabled") return undefined;
    if (!isPast(createdAt, DAYS, now)) return undefined;
    return {
      found: `it is disabled, so nobody can use it, and costs as if it were not; created ${createdAt?.slice(0, 10)}`,
    };
  },
};
