import { numberAt } from "../../../catalog/charges.ts";
import { valuesAt } from "../../../model/path.ts";
import { explain, type FindingRule, isOfKubernetes, isPast } from "../rule.ts";

const DAYS = 14;

export const unattachedVolume: FindingRule = {
  id: "unattached-volume",
  finds: "EBS volumes that are attached to nothing",
  types: ["AWS::EC2::Volume"],
  days: DAYS,
  saves: { kind: "removal" },
  remedy: "take a snapshot, which costs less than half as much, and delete it",
  command: explain,
  sources: [
    "https://aws.amazon.com/ebs/pricing/",
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-describing-volumes.html",
  ],
  judge(resource, { now }) {
    const { configuration, state, createdAt } = resource;
    const isManaged = valuesAt(configuration, "Operator.Managed")[0] === true;
    const isAttached = state !== "available" || valuesAt(configuration, "Attachments[]").length > 0;
    if (isAttached || isManaged || isOfKubernetes(resource) || !isPast(createdAt, DAYS, now)) return undefined;
    const size = numberAt(configuration, "Size");
    return { found: `attached to nothing: ${size ?? "an unknown number of"} GiB, created ${createdAt?.slice(0, 10)}` };
  },
};
