import { Decimal } from "decimal.js";
import { addDays, dayOf } from "../../model/calendar.ts";
import type { Day } from "../../model/cost.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { WorldCharge } from "../services/ce/ledger.ts";
import { PRODUCTS, REGIONS } from "../services/pricing-list.ts";
import type { World } from "../world.ts";
import { METERS, type Meter, told, type Use } from "./meters.ts";

const HOUR_MS = 3_600_000;

/** The month before, and a day more: so a first of a month is always among them. */
const DAYS = 31;

/** Hours that a price is for; one, where its unit is not here. */
const HOURS: Readonly<Record<string, number>> = { "GB-Mo": 730, Alarms: 730, Keys: 730, Secrets: 730 };

/** Something that is charged day by day. */
interface Running {
  readonly service: string;
  readonly code: string;
  readonly region: string;
  readonly use: Use;
  readonly resource?: string;
  readonly tags?: Record<string, string>;
  /** Milliseconds; absent = all the time. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * The ledger of the last days before the world's start: everything of an account that costs, from its creation on; what was
 * there and is gone; what names no resource; tax, support and a credit.
 */
export function spending(world: World, account: string): WorldCharge[] {
  const today = dayOf(Date.parse(world.startedAt));
  const days = Array.from({ length: DAYS }, (_, at) => addDays(today, at - DAYS));
  const running = [...ofRows(world, account), ...gone(today), ...TRAFFIC];
  const usage = days.flatMap((day) => running.flatMap((each) => onDay(each, day, account)));
  return [...usage, ...ofMonths(usage, days, account)];
}

function ofRows(world: World, account: string): Running[] {
  const regions = Object.entries(world.accounts[account]?.regions ?? {});
  return regions.flatMap(([region, kinds]) =>
    METERS.flatMap((meter) =>
      Object.entries(kinds[meter.kind] ?? {}).flatMap(([key, row]) => ofRow(meter, row, { key, region, account })),
    ),
  );
}

function ofRow(
  { service: [service, code], resource, since, uses, others }: Meter,
  row: JsonObject,
  place: { readonly key: string; readonly region: string; readonly account: string },
): Running[] {
  const name = resource.replaceAll(/\{([\w.]+)\}/g, (_, path: string) => told({ ...row, ...place }, path));
  const tags = Array.isArray(row.Tags) ? row.Tags.filter(isJsonObject) : [];
  return (others?.(row) ?? [name]).flatMap((each) =>
    uses(row).map((use) => ({
      ...{ service, code, region: place.region, use, resource: each },
      ...(since === undefined ? {} : { from: Date.parse(told(row, since)) }),
      ...(tags.length > 0 ? { tags: Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value])) } : {}),
    })),
  );
}

/** What was there and is gone, by how many days ago. */
function gone(today: Day): Running[] {
  const ago = (days: number) => Date.parse(addDays(today, -days));
  const compute = { service: "Amazon Elastic Compute Cloud - Compute", code: "AmazonEC2" };
  const test = { region: "us-east-1", from: ago(12), to: ago(8), tags: { purpose: "load-test" } };
  const loadTest = Array.from({ length: 6 }, (_, at): Running[] => [
    { ...compute, ...test, resource: `i-0c1f4a7e92b35d60${at}`, use: { usage: "BoxUsage:c6i.xlarge", units: 1 } },
    {
      ...{ service: "EC2 - Other", code: "AmazonEC2", ...test },
      ...{ resource: `vol-0e83b5d1f6a2740c${at}`, use: { usage: "EBS:VolumeUsage.gp3", units: 100 } },
    },
  ]);
  // The web fleet's group had one more while that went on.
  const fifth = {
    ...compute,
    ...{ region: "eu-west-1", from: ago(11), to: ago(9) + 9 * HOUR_MS },
    ...{ resource: "i-07d94e10ab38c25f6", use: { usage: "BoxUsage:m6i.large", units: 1 } },
    tags: { Name: "web", env: "staging", "aws:autoscaling:groupName": "web" },
  };
  return [...loadTest.flat(), fifth];
}

/** Usage that names no resource. */
const TRAFFIC: readonly Running[] = [
  {
    ...{ service: "AWS Data Transfer", code: "AWSDataTransfer", region: "eu-west-1" },
    use: { usage: "DataTransfer-Out-Bytes", units: 0.9, price: { of: "0.09", unit: "GB" } },
  },
  {
    ...{ service: "EC2 - Other", code: "AmazonEC2", region: "eu-west-1" },
    use: { usage: "DataTransfer-Regional-Bytes", units: 2.4, price: { of: "0.01", unit: "GB" } },
  },
];

function onDay({ service, code, region, use, resource, tags, from, to }: Running, day: Day, account: string) {
  const start = Math.max(Date.parse(day), from ?? 0);
  const end = Math.min(Date.parse(addDays(day, 1)), to ?? Number.POSITIVE_INFINITY);
  const hours = Math.ceil((end - start) / HOUR_MS);
  if (hours <= 0) return [];
  const charge: WorldCharge = {
    ...{ day, service, account, region, recordType: "Usage" },
    usageType: `${lettersOf(region)}${use.usage}`,
    amount: costOf(code, region, use, hours),
    ...(resource === undefined ? {} : { resource }),
    ...(tags === undefined ? {} : { tags }),
  };
  return [charge];
}

function lettersOf(region: string): string {
  return REGIONS[region as keyof typeof REGIONS];
}

/** By the price list, above what is free. */
function costOf(code: string, region: string, use: Use, hours: number): string {
  const { of, unit } = use.price ?? listed(code, region, use);
  return digits(
    new Decimal(of)
      .times(use.units)
      .times(hours)
      .dividedBy(HOURS[unit] ?? 1),
  );
}

function listed(code: string, region: string, { usage, attributes = {} }: Use): { of: string; unit: string } {
  const product = PRODUCTS.find(
    (each) =>
      each.service === code &&
      each.usage === usage &&
      Object.entries(attributes).every(([name, value]) => each.attributes?.[name] === value),
  );
  const price = product?.prices[Object.keys(REGIONS).indexOf(region)];
  if (!product || price === undefined) throw new Error(`the price list lacks ${code} ${usage} in ${region}`);
  return { of: typeof price === "string" ? price : (price.at(-1)?.[1] ?? "0"), unit: product.unit };
}

/** Charged on the first of a month, for about a month; and a credit. */
function ofMonths(usage: readonly WorldCharge[], days: readonly Day[], account: string): WorldCharge[] {
  const spent = usage.reduce((sum, each) => sum.plus(each.amount), new Decimal(0));
  const charge = (day: Day, service: string, recordType: string, amount: Decimal): WorldCharge => ({
    ...{ day, service, account, recordType, amount: digits(amount) },
  });
  const firsts = days.filter((day) => day.endsWith("-01"));
  return [
    ...firsts.flatMap((day) => [
      charge(day, "Tax", "Tax", spent.times("0.2").toDecimalPlaces(2)),
      // Source: AWS Support pricing: Developer costs 3 % of a month, and 29 at least.
      charge(day, "AWS Support (Developer)", "Usage", Decimal.max(29, spent.times("0.03").toDecimalPlaces(2))),
    ]),
    charge(days.at(-6) as Day, "Amazon Elastic Compute Cloud - Compute", "Credit", new Decimal(-25)),
  ];
}

/** As many as Cost Explorer tells. */
function digits(value: Decimal): string {
  return value.toDecimalPlaces(10).toFixed();
}
