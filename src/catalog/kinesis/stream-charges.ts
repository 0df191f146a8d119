import { valuesAt } from "../../model/path.ts";
import { HOUR_UNITS } from "../../model/price.ts";
import { type Charge, type Charges, numberAt } from "../charges.ts";

const FAMILY = { productFamily: "Kinesis Streams" };

function priced(part: string, usage: string, count: number, stops: boolean): Charge {
  const units = [...HOUR_UNITS, "ShardHour", "StreamHour", "StreamHr"];
  return {
    part,
    stops,
    price: { serviceCode: "AmazonKinesis", filters: FAMILY, usage, units },
    units: String(count),
    per: "hour",
  };
}

/** A pause leaves one shard, the fewest there can be. What is written and kept for long has other prices. */
export const charges: Charges = ({ configuration }) => {
  const shards = numberAt(configuration, "OpenShardCount");
  const onDemand = valuesAt(configuration, "StreamModeDetails.StreamMode")[0] === "ON_DEMAND";
  const data: Charge = { part: "data", stops: false, unpriced: "records cost by what is written and read" };
  if (onDemand) return [priced("stream", "OnDemand-StreamHour", 1, false), data];
  if (shards === undefined)
    return [{ part: "shards", stops: true, unpriced: "how many are open could not be read" }, data];
  const long = (numberAt(configuration, "RetentionPeriodHours") ?? 24) > 24;
  return [
    ...(shards > 0 ? [priced("last shard", "Storage-ShardHour", 1, false)] : []),
    ...(shards > 1 ? [priced("shards", "Storage-ShardHour", shards - 1, true)] : []),
    ...(long ? [{ part: "extended retention", stops: false, unpriced: "it has prices of its own" }] : []),
    data,
  ];
};
