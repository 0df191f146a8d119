import { GB_MONTH_UNITS, HOUR_UNITS } from "../../model/price.ts";
import type { ScannedResource } from "../../model/resource.ts";
import { type Charge, type Charges, numberAt, textAt } from "../charges.ts";
import { engineFilters } from "./engine-price.ts";

const isAurora = (engine: string) => engine.startsWith("aurora");

/** Not while it is stopped, nor while it fails. Source: RDS user guide, "Viewing Amazon RDS DB instance status". */
const UNBILLED =
  /^(stopped|stopping|deleting|creating|failed|inaccessible-encryption|incompatible-(create|network|restore))/;

function compute({ configuration }: ScannedResource): Charge {
  const [type, engine] = [textAt(configuration, "DBInstanceClass"), textAt(configuration, "Engine")];
  const part = "compute";
  const unpriced = (reason: string): Charge => ({ part, stops: true, unpriced: reason });
  if (type === "db.serverless") return unpriced("serverless capacity costs by what it has scaled to");
  if (textAt(configuration, "DBClusterIdentifier") !== "" && !isAurora(engine))
    return unpriced("Multi-AZ DB clusters have prices of their own");
  const filters = engineFilters(engine, textAt(configuration, "LicenseModel"));
  if (!filters)
    return unpriced(`the price list's names of engine ${engine || "unknown"} and its licence are not known`);
  // Aurora's I/O-Optimized storage has other prices for instances too.
  const optimized = textAt(configuration, "StorageType") === "aurora-iopt1" ? "IOOptimized" : "";
  const usage = configuration.MultiAZ === true ? "Multi-AZUsage" : `InstanceUsage${optimized}`;
  return {
    part,
    stops: true,
    price: {
      serviceCode: "AmazonRDS",
      filters: { productFamily: "Database Instance", instanceType: type, ...filters },
      usage: `${usage}:${type}`,
      units: HOUR_UNITS,
    },
    units: "1",
    per: "hour",
    reservable: { kind: "rds", type },
  };
}

/** Source: the price list's usage types of AmazonRDS. */
const STORAGE: Readonly<Record<string, string>> = {
  gp2: "GP2-Storage",
  gp3: "GP3-Storage",
  io1: "PIOPS-Storage",
  standard: "StorageUsage",
};

function storage({ configuration }: ScannedResource): Charge[] {
  const [type, size] = [textAt(configuration, "StorageType"), numberAt(configuration, "AllocatedStorage")];
  const kind = STORAGE[type];
  const zones = configuration.MultiAZ === true ? "Multi-AZ-" : "";
  const [stops, serviceCode] = [false, "AmazonRDS"];
  const iops: Charge[] = ["io1", "io2", "gp3"].includes(type)
    ? [{ part: "provisioned IOPS", stops, unpriced: "what it has without paying depends on engine and size" }]
    : [];
  if (!kind || size === undefined)
    return [
      { part: "storage", stops, unpriced: `storage of type ${type || "unknown"} has no price that is known` },
      ...iops,
    ];
  const filters = { productFamily: "Database Storage" };
  const price = { serviceCode, filters, usage: `RDS:${zones}${kind}`, units: GB_MONTH_UNITS };
  return [{ part: "storage", stops, price, units: String(size), per: "month" }, ...iops];
}

const ADDRESS: Charge = {
  part: "public IPv4 address",
  stops: false,
  unpriced: "AWS does not tell how many it has, nor whether it keeps them while it is stopped",
};

/** A member of a cluster has no storage of its own. */
export const charges: Charges = (resource) => {
  const member = textAt(resource.configuration, "DBClusterIdentifier") !== "";
  return [
    ...(UNBILLED.test(resource.state ?? "") ? [] : [compute(resource)]),
    ...(member ? [] : storage(resource)),
    ...(resource.configuration.PubliclyAccessible === true ? [ADDRESS] : []),
    ...(member ? [] : [{ part: "backups", stops: false, unpriced: "AWS does not tell their size" }]),
  ];
};
