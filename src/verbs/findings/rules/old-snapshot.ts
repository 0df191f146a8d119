import { numberAt, textAt } from "../../../catalog/charges.ts";
import { typesLinkingTo } from "../links.ts";
import { explain, type FindingRule, isPast } from "../rule.ts";

const TYPE = "AWS::EC2::Snapshot";
const DAYS = 90;
/** A copy has an arbitrary volume id, this one in practice. Source: EC2 API reference, CopySnapshot. */
const NO_VOLUME = "vol-ffffffff";
/** How the console, the API and AMIs begin the description of a copy. */
const COPIED = /^\[?Copied /;

export const oldSnapshot: FindingRule = {
  id: "old-snapshot",
  finds: "EBS snapshots whose volume is gone and which nothing is launched from",
  types: [TYPE],
  looksAt: ["AWS::EC2::Volume", ...typesLinkingTo(TYPE)],
  days: DAYS,
  saves: { kind: "removal" },
  remedy: "look at whom it is shared with; delete it if nobody will want the data back, or move it to the archive tier",
  command: explain,
  sources: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html",
  ],
  judge(resource, { now, find, linking }) {
    const { configuration, state, tags, region, createdAt } = resource;
    const volume = textAt(configuration, "VolumeId");
    const isBackup = Object.keys(tags).some((key) => key.startsWith("aws:backup:"));
    if (state !== "completed" || isBackup || !isPast(createdAt, DAYS, now)) return undefined;
    const isCopy = volume === "" || volume === NO_VOLUME || COPIED.test(textAt(configuration, "Description"));
    // Of a copy nobody can tell the volume, and of a public one who uses it.
    if (isCopy || configuration.Public !== false) return undefined;
    if (find("AWS::EC2::Volume", region, volume) || linking(resource).length > 0) return undefined;
    const size = numberAt(configuration, "VolumeSize");
    const whole = size === undefined ? "" : ` of ${size} GiB`;
    return {
      found: `taken ${createdAt?.slice(0, 10)} of ${volume}${whole}, which is gone; no image or template of this account uses it`,
    };
  },
};
