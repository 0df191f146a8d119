import { valuesAt } from "../../../model/path.ts";
import { explain, type FindingRule, isPast } from "../rule.ts";

const DAYS = 30;
const VOLUMES = "BlockDeviceMappings[].Ebs.VolumeId";
/** Source: EC2 API reference, Instance: `User initiated (2026-01-31 08:00:00 GMT)`. */
const SINCE = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) GMT\)/;
/** Instances that are stopped for something else to start: a warm pool, a fleet, a cluster. */
const OWNERS = ["aws:autoscaling:groupName", "aws:ec2:fleet-id", "aws:elasticmapreduce:job-flow-id"];

export const stoppedInstance: FindingRule = {
  id: "stopped-instance",
  finds: "instances that have been stopped for long, by what their volumes cost",
  types: ["AWS::EC2::Instance"],
  looksAt: ["AWS::EC2::Volume"],
  days: DAYS,
  counts: { type: "AWS::EC2::Volume", path: VOLUMES },
  saves: { kind: "removal" },
  remedy: "keep an image of it if it may be wanted again, and terminate it; look which volumes go along",
  command: explain,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html",
  ],
  judge({ state, tags, observed, configuration, region }, { now, find }) {
    const [, day, time] = SINCE.exec(String(observed.StateTransitionReason ?? "")) ?? [];
    const isOwned = OWNERS.some((key) => Object.hasOwn(tags, key));
    if (state !== "stopped" || isOwned || !isPast(day && `${day}T${time}Z`, DAYS, now)) return undefined;
    const volumes = valuesAt(configuration, VOLUMES).map(String);
    // One that several instances share goes on costing with the others.
    const isShared = (id: string) =>
      valuesAt(find("AWS::EC2::Volume", region, id)?.configuration ?? {}, "Attachments[]").length > 1;
    if (volumes.length === 0 || volumes.some(isShared)) return undefined;
    const go = volumes.length === 1 ? "volume goes" : `${volumes.length} volumes go`;
    return { found: `stopped since ${day}; its ${go} on costing` };
  },
};
