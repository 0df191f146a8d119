import type { ChargeKind, CostMetric } from "../../model/cost.ts";
import { CUR } from "./cur.ts";
import { FOCUS } from "./focus.ts";

/** What a line of a bill tells besides amounts and tags. */
export const MEMBERS = [
  "started",
  "ended",
  "currency",
  "product",
  "resource",
  "account",
  "region",
  "charge",
  "class",
  "usage",
] as const;
export type Member = (typeof MEMBERS)[number];

/** What lines of one type of charge amount to, where it is not what `Amounts.columns` say: plus, less minus. */
export interface ChargeAmount {
  readonly charge: string;
  readonly plus: readonly string[];
  readonly minus?: readonly string[];
  /** Only of lines in which this column is filled; the others are as all. */
  readonly where?: string;
}

/** What a metric sums up. */
export interface Amounts {
  /** The first that is filled in a line; the last must be there. */
  readonly columns: readonly string[];
  readonly charges?: readonly ChargeAmount[];
}

/** A form in which AWS tells costs, as data: which of its columns say what. */
export interface Format {
  readonly name: string;
  /** A heading as the names of columns stand here. */
  readonly key: (heading: string) => string;
  /** One of these columns tells it from a file that is no bill. */
  readonly known: readonly string[];
  /** Where a member stands: the first that is filled. */
  readonly members: Readonly<Partial<Record<Member, readonly string[]>>>;
  /** Without these nothing can be told; what the export must include. */
  readonly needed: Readonly<Partial<Record<Member, string>>>;
  readonly amounts: Readonly<Record<CostMetric, Amounts>>;
  /** Columns of tags, each a map or JSON, and what their keys for tags of resources begin with. */
  readonly tags: Readonly<Record<string, string>>;
  /** What a kind of charge is told by: SQL over the members product, resource, charge, class and usage. The first holds. */
  readonly kinds: readonly (readonly [ChargeKind, string])[];
}

/** Columns that hold keys and values, which only CUR 2.0 has. */
const NESTED = ["resource_tags", "tags", "product", "cost_category", "discount", "bill_payer_account_name"];

/** The format that has such columns; undefined = they are of no bill that we know. */
export function formatOf(headings: readonly string[]): Format | undefined {
  const found = [CUR, FOCUS].find(({ key, known }) => headings.some((heading) => known.includes(key(heading))));
  if (found !== CUR) return found;
  return { ...CUR, name: headings.some((heading) => NESTED.includes(heading)) ? "CUR 2.0" : "legacy CUR" };
}
