import { numberAt, textAt } from "../../../catalog/charges.ts";
import type { JsonObject } from "../../../model/json.ts";
import { valuesAt } from "../../../model/path.ts";
import type { FindingRule } from "../rule.ts";

/** What a gp3 volume has without paying for it. Source: EBS user guide, "General Purpose SSD volumes", as all numbers here. */
const [GP3_IOPS, GP3_THROUGHPUT] = [3000, 125];
/** A gp2 volume above this size reaches 250 MiB/s; below it 128, which is called the same as 125. */
const SLOW_UP_TO_GIB = 170;
const FAST_MIB = 250;

/** The gp3 volume that is nowhere slower: IOPS and throughput above what is free are counted. */
function asGp3(configuration: JsonObject): JsonObject {
  const size = numberAt(configuration, "Size") ?? 0;
  const iops = Math.min(16_000, Math.max(100, 3 * size));
  return {
    ...configuration,
    VolumeType: "gp3",
    Iops: Math.max(GP3_IOPS, iops),
    Throughput: size > SLOW_UP_TO_GIB ? FAST_MIB : GP3_THROUGHPUT,
  };
}

export const gp2Volume: FindingRule = {
  id: "gp2-volume",
  finds: "gp2 volumes that cost less as gp3 volumes which are nowhere slower",
  types: ["AWS::EC2::Volume"],
  saves: { kind: "change", to: asGp3 },
  remedy: "change its type; that is done while it is in use",
  command({ region, id, configuration }) {
    const { Iops, Throughput } = asGp3(configuration);
    const more = [
      ...(Iops === GP3_IOPS ? [] : [` --iops ${Iops}`]),
      ...(Throughput === GP3_THROUGHPUT ? [] : [` --throughput ${Throughput}`]),
    ].join("");
    return `aws ec2 modify-volume --region ${region} --volume-id ${id} --volume-type gp3${more}`;
  },
  sources: [
    "https://aws.amazon.com/ebs/pricing/",
    "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/requesting-ebs-volume-modifications.html",
  ],
  judge({ configuration, region }) {
    const size = numberAt(configuration, "Size");
    const zone = textAt(configuration, "AvailabilityZone");
    // Local Zones and Outposts have prices of their own, and not all of them have gp3.
    const isInRegion = zone.startsWith(region) && zone.length === region.length + 1;
    if (textAt(configuration, "VolumeType") !== "gp2" || size === undefined) return undefined;
    if (valuesAt(configuration, "Operator.Managed")[0] === true) return undefined;
    if (!isInRegion || textAt(configuration, "OutpostArn") !== "") return undefined;
    const { Iops, Throughput } = asGp3(configuration);
    return { found: `its ${size} GiB as gp3 with ${Iops} IOPS and ${Throughput} MiB/s cost less` };
  },
};
