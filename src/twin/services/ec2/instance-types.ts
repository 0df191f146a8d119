import type { DiskType } from "@aws-sdk/client-ec2";
import type { Ec2Operations } from "./rows.ts";

/** Types with an instance store: how many disks of how many GB. Source: EC2 instance types guide, "Instance store specifications". */
const DISKS: Readonly<Record<string, readonly [count: number, gigabytes: number, type: DiskType]>> = {
  "c5d.large": [1, 50, "ssd"],
  "c6gd.large": [1, 118, "ssd"],
  "d2.xlarge": [3, 2048, "hdd"],
  "i3.large": [1, 475, "ssd"],
  "i3.8xlarge": [4, 1900, "ssd"],
  "m5d.large": [1, 75, "ssd"],
  "m5d.4xlarge": [2, 300, "ssd"],
  "m6id.large": [1, 118, "ssd"],
  "r5d.large": [1, 75, "ssd"],
};

export const instanceTypes: Ec2Operations = {
  DescribeInstanceTypes(input) {
    const filtered = input.Filters?.find(({ Name }) => Name === "instance-type")?.Values;
    const asked = [...(input.InstanceTypes ?? []), ...(filtered ?? [])];
    return {
      InstanceTypes: (asked.length ? asked : Object.keys(DISKS)).map((InstanceType) => {
        const [Count = 0, SizeInGB = 0, Type] = DISKS[InstanceType] ?? [];
        if (Count === 0) return { InstanceType, InstanceStorageSupported: false };
        const InstanceStorageInfo = {
          TotalSizeInGB: Count * SizeInGB,
          Disks: [{ SizeInGB, Count, Type }],
          NvmeSupport: Type === "ssd" ? "required" : "unsupported",
        };
        return { InstanceType, InstanceStorageSupported: true, InstanceStorageInfo };
      }),
    };
  },
};
