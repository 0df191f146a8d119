import { isJsonObject } from "../../model/json.ts";
import { valuesAt } from "../../model/path.ts";
import { HOUR_UNITS } from "../../model/price.ts";
import type { ScannedResource } from "../../model/resource.ts";
import { type Charge, type Charges, textAt } from "../charges.ts";
import { inUseAddress } from "./address-price.ts";

const TENANCY: Readonly<Record<string, string>> = { default: "Shared", dedicated: "Dedicated" };

/**
 * The usage operation names operating system and licences together, as the price list's `operation` does.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html
 */
function compute(resource: ScannedResource): Charge {
  const { configuration, observed } = resource;
  const part = "compute";
  const [tenancy, zone] = ["Placement.Tenancy", "Placement.AvailabilityZone"].map((path) =>
    String(valuesAt(configuration, path)[0] ?? ""),
  );
  const [type, operation] = [textAt(configuration, "InstanceType"), textAt(configuration, "UsageOperation")];
  const lifecycle = textAt(configuration, "InstanceLifecycle");
  const unpriced = (reason: string, stops = true): Charge => ({ part, stops, unpriced: reason });

  if (lifecycle === "spot") return unpriced("it is a Spot Instance: its price moves with supply and demand");
  if (lifecycle !== "") return unpriced(`its lifecycle is ${lifecycle}, which has no on-demand price`);
  if (tenancy === "host") return unpriced("its Dedicated Host is billed, whether it runs or not", false);
  if (operation === "") return unpriced("AWS does not tell its usage operation, and so not what licences it runs");
  if (!zone?.startsWith(resource.region) || zone.length > resource.region.length + 1)
    return unpriced(`it is in ${zone || "an unknown zone"}: Local and Wavelength Zones have prices of their own`);
  return {
    part,
    // A capacity reservation is billed whether or not an instance runs in it.
    stops: !textAt(observed, "CapacityReservationId"),
    price: {
      serviceCode: "AmazonEC2",
      filters: {
        instanceType: type,
        operation,
        tenancy: TENANCY[tenancy ?? ""] ?? "Shared",
        capacitystatus: "Used",
        marketoption: "OnDemand",
      },
      units: HOUR_UNITS,
    },
    units: "1",
    per: "hour",
    reservable: { kind: "ec2", type },
  };
}

/** An address that AWS gave it at its start, and takes back at its stop; Elastic IP addresses are counted as such. */
function ownAddresses({ observed }: ScannedResource): number {
  return Object.entries(observed).filter(
    ([path, value]) =>
      /^NetworkInterfaces\[\d+\]\.Association$/.test(path) && isJsonObject(value) && value.IpOwnerId === "amazon",
  ).length;
}

const MONITORING: Charge = {
  part: "detailed monitoring",
  stops: true,
  unpriced: "it costs by the metrics that it sends, which EC2 does not tell",
};

export const charges: Charges = (resource) => {
  const runs = resource.state === "running" || resource.state === "pending";
  const addresses = ownAddresses(resource);
  const monitored = valuesAt(resource.configuration, "Monitoring.State")[0] === "enabled";
  const ids = valuesAt(resource.configuration, "BlockDeviceMappings[].Ebs.VolumeId").map(String);
  return [
    ...(runs ? [compute(resource)] : []),
    ...(runs && monitored ? [MONITORING] : []),
    ...(runs && addresses > 0 ? [inUseAddress(addresses, true)] : []),
    ...(ids.length > 0 ? [{ part: "EBS volumes", includes: { type: "AWS::EC2::Volume", ids } } as const] : []),
  ];
};
