import type { Json } from "../../../model/json.ts";
import { type Path, valuesAt } from "../../../model/path.ts";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";

type Ec2 = typeof import("@aws-sdk/client-ec2");

/** Some of EC2's operations; index.ts joins them. */
export type Ec2Operations = Operations<Ec2>;

/** A kind of resource: where its rows stand, what AWS calls it, and by what it can be filtered. */
export interface Kind<Row extends object> {
  readonly table: string;
  /** The member that holds the id, and what ids begin with. */
  readonly id: keyof Row & string;
  readonly prefix: string;
  /** As in TagSpecifications; absent = has no tags. */
  readonly type: string;
  readonly tags: keyof Row & string;
  /** AWS's error code for an id that is nowhere. */
  readonly notFound: string;
  /** Filter name to path in the row. `tag:KEY`, `tag-key` and `tag-value` come by themselves. */
  readonly filters: Readonly<Record<string, Path>>;
}

/** Declares a kind whose rows have an SDK shape. */
export function kind<Shape extends object>(facts: Kind<Stored<Shape> & object>): Kind<Stored<Shape> & object> {
  return facts;
}

export function rows<Row extends object>(of: Kind<Row>, call: Call): Table<Row> {
  return call.table<Row>(of.table);
}

/** Everything of a kind that holds true of it. */
export function those<Row extends object>(of: Kind<Row>, call: Call, test: (row: Row) => boolean): Row[] {
  return rows(of, call).all().filter(test);
}

export function has<Row extends object>(of: Kind<Row>, call: Call, id: string | undefined): Row | undefined {
  return rows(of, call).get(id ?? "");
}

/** The row, or AWS's fault for an id that is nowhere. */
export function get<Row extends object>(of: Kind<Row>, call: Call, id: string | undefined): Row {
  const row = has(of, call, id);
  if (!row) throw new AwsFault(of.notFound, `The ${of.type.replaceAll("-", " ")} ID '${id ?? ""}' does not exist`);
  return row;
}

export function add<Row extends object>(of: Kind<Row>, call: Call, row: Row): Row {
  return rows(of, call).put(String(row[of.id]), row);
}

export function remove<Row extends object>(of: Kind<Row>, call: Call, id: string | undefined): void {
  rows(of, call).delete(id ?? "");
}

export type Filters =
  | readonly { readonly Name?: string | undefined; readonly Values?: readonly string[] | undefined }[]
  | undefined;

/** What a Describe action asks for. */
export interface Listing {
  readonly ids?: readonly string[] | undefined;
  readonly Filters?: Filters;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** Smallest and greatest page of most Describe actions. Source: EC2 API model. */
const LIMITS: Limits = { min: 5, max: 1000 };

/** One page of those rows that were asked for; an id that is nowhere is a fault. */
export function list<Row extends object>(of: Kind<Row>, call: Call, asked: Listing, limits: Limits = LIMITS) {
  const { ids } = asked;
  const all = ids?.length ? ids.map((id) => get(of, call, id)) : rows(of, call).all();
  return pageOf(
    all.filter((row) => matches(of, row, asked.Filters)),
    asked,
    limits,
  );
}

export function pageOf<Row>(all: readonly Row[], asked: Listing, limits: Limits = LIMITS) {
  const request = { token: asked.NextToken, max: asked.MaxResults };
  return page(all, request, { ...limits, invalid: "InvalidParameterValue" });
}

/** Filters are all met; each by one of its values, in which `*` and `?` are wildcards. */
export function matches<Row extends object>(of: Kind<Row>, row: Row, filters: Filters): boolean {
  return (filters ?? []).every(({ Name = "", Values = [] }) => {
    const has = filtered(of, row, Name).map(String);
    return Values.some((wanted) => has.some((value) => like(value, wanted)));
  });
}

interface TagRow {
  readonly Key?: string;
  readonly Value?: string;
}

function filtered<Row extends object>(of: Kind<Row>, row: Row, name: string): readonly Json[] {
  const tags = (row[of.tags] ?? []) as readonly TagRow[];
  if (name.startsWith("tag:")) return tags.filter((tag) => tag.Key === name.slice(4)).map((tag) => tag.Value ?? "");
  if (name === "tag-key") return tags.map((tag) => tag.Key ?? "");
  if (name === "tag-value") return tags.map((tag) => tag.Value ?? "");
  const path = of.filters[name];
  if (path === undefined) throw new AwsFault("InvalidParameterValue", `The filter '${name}' is invalid`);
  return valuesAt(row as unknown as Json, path);
}

function like(value: string, wanted: string): boolean {
  if (!/[*?]/.test(wanted)) return value === wanted;
  const pattern = wanted
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`, "s").test(value);
}

type TagSpecifications =
  | readonly { readonly ResourceType?: string | undefined; readonly Tags?: readonly TagInput[] | undefined }[]
  | undefined;
interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The tags that a request gives to what it makes. */
export function tagsFor<Row extends object>(of: Kind<Row>, specifications: TagSpecifications) {
  const given = (specifications ?? [])
    .filter((each) => each.ResourceType === of.type)
    .flatMap((each) => each.Tags ?? []);
  const reserved = given.find((tag) => tag.Key?.toLowerCase().startsWith("aws:"));
  if (reserved)
    throw new AwsFault("InvalidParameterValue", `Tag keys starting with 'aws:' are reserved: ${reserved.Key}`);
  return given.map((tag) => ({ Key: tag.Key ?? "", Value: tag.Value ?? "" }));
}
