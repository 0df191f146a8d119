import { valuesAt } from "../../model/path.ts";
import { HOUR_UNITS } from "../../model/price.ts";
import type { Charge, Charges } from "../charges.ts";

const stops = false;

function controlPlane(state = ""): Charge[] {
  const part = "control plane";
  if (state === "DELETING") return [];
  if (state === "FAILED") return [{ part, stops, unpriced: "AWS does not tell whether a failed one is billed" }];
  const usage = "AmazonEKS-Hours:perCluster";
  const price = { serviceCode: "AmazonEKS", filters: {}, usage, units: HOUR_UNITS };
  return [{ part, stops, price, units: "1", per: "hour" }];
}

/** A cluster that may not enter extended support is upgraded when the standard one ends. Source: EKS API reference, UpgradePolicyResponse. */
const EXTENDED_SUPPORT: Charge = {
  part: "extended support",
  stops,
  unpriced: "it costs more once its version is past standard support, which EKS does not tell",
};

const TIER: Charge = { part: "control plane tier", stops, unpriced: "a provisioned control plane costs by its tier" };

const AUTO_MODE: Charge = { part: "Auto Mode", stops, unpriced: "it costs by the instances that Auto Mode runs" };

/** Source: https://aws.amazon.com/eks/pricing/: by the hour, whether it has nodes or not; they are counted as instances. */
export const charges: Charges = ({ configuration, state }) => {
  const at = (path: string) => valuesAt(configuration, path)[0];
  if (configuration.outpostConfig !== undefined)
    return [
      { part: "control plane", stops, unpriced: "a local cluster on Outposts costs what its instances there do" },
    ];
  return [
    ...controlPlane(state),
    ...(at("upgradePolicy.supportType") === "STANDARD" ? [] : [EXTENDED_SUPPORT]),
    ...((at("controlPlaneScalingConfig.tier") ?? "standard") === "standard" ? [] : [TIER]),
    ...(at("computeConfig.enabled") === true ? [AUTO_MODE] : []),
  ];
};
