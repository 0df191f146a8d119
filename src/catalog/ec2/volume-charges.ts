import { GB_MONTH_UNITS } from "../../model/price.ts";
import { type Charge, type Charges, numberAt, textAt } from "../charges.ts";

/** What usage types call the kinds of volumes. Source: https://aws.amazon.com/ebs/pricing/ and the price list. */
const USAGE: Readonly<Record<string, string>> = {
  gp2: "EBS:VolumeUsage.gp2",
  gp3: "EBS:VolumeUsage.gp3",
  io1: "EBS:VolumeUsage.piops",
  io2: "EBS:VolumeUsage.io2",
  st1: "EBS:VolumeUsage.st1",
  sc1: "EBS:VolumeUsage.sc1",
  standard: "EBS:VolumeUsage",
};
const IOPS_USAGE: Readonly<Record<string, string>> = {
  gp3: "EBS:VolumeP-IOPS.gp3",
  io1: "EBS:VolumeP-IOPS.piops",
  io2: "EBS:VolumeP-IOPS.io2",
};

/** What a gp3 volume has without paying for it, and where the price of an io2 volume's changes. Source: EBS pricing page. */
const GP3_IOPS = 3000;
const GP3_THROUGHPUT = 125;
const IO2_FIRST_TIER = 32_000;

function iops(type: string, provisioned: number): Charge[] {
  const usage = IOPS_USAGE[type];
  const paid = type === "gp3" ? provisioned - GP3_IOPS : provisioned;
  if (!usage || paid <= 0) return [];
  const part = "provisioned IOPS";
  if (type === "io2" && paid > IO2_FIRST_TIER)
    return [{ part, stops: false, unpriced: `above ${IO2_FIRST_TIER} IOPS an io2 volume has other prices` }];
  const price = { serviceCode: "AmazonEC2", filters: { volumeApiName: type }, usage, units: ["IOPS-Mo"] };
  return [{ part, stops: false, price, units: String(paid), per: "month" }];
}

function throughput(type: string, provisioned: number): Charge[] {
  const paid = provisioned - GP3_THROUGHPUT;
  if (type !== "gp3" || paid <= 0) return [];
  const usage = "EBS:VolumeP-Throughput.gp3";
  const price = { serviceCode: "AmazonEC2", filters: { volumeApiName: type }, usage, units: ["GiBps-mo"] };
  // Provisioned in MiB a second and sold in GiB: a division by a power of two has an end.
  return [{ part: "provisioned throughput", stops: false, price, units: String(paid / 1024), per: "month" }];
}

/** All of it goes on while the instance is stopped. */
export const charges: Charges = ({ configuration }) => {
  const type = textAt(configuration, "VolumeType");
  const [size, usage] = [numberAt(configuration, "Size"), USAGE[type]];
  const part = "storage";
  if (size === undefined || !usage)
    return [{ part, stops: false, unpriced: `its kind (${type || "not told"}) or size has no price that is known` }];
  const price = { serviceCode: "AmazonEC2", filters: { volumeApiName: type }, usage, units: GB_MONTH_UNITS };
  return [
    { part, stops: false, price, units: String(size), per: "month" },
    ...iops(type, numberAt(configuration, "Iops") ?? 0),
    ...throughput(type, numberAt(configuration, "Throughput") ?? 0),
  ];
};
