/**
 * What is in an account by awscli's own listings, also what nobody made by hand: default VPCs, root volumes, primary
 * interfaces.
 */
import { type Aws, openAws } from "./awscli.ts";
import { LISTINGS, type Listing } from "./listings.ts";
import { type Made, made } from "./made.ts";

/** What stands in a region, with ARNs where a listing tells them; `global` for IAM. */
export async function awscliListing(url: string, region: string): Promise<readonly Made[]> {
  const aws = await openAws(url, region === "global" ? "us-east-1" : region);
  try {
    const all: Made[] = [];
    for (const type of typesOf(region)) all.push(...(await list(aws, region, type)));
    return all;
  } finally {
    await aws.close();
  }
}

/** The types that are listed in a region. */
export function typesOf(region: string): readonly string[] {
  const isGlobal = (type: string) => type.startsWith("AWS::IAM::");
  return Object.keys(LISTINGS).filter((type) => isGlobal(type) === (region === "global"));
}

async function list(aws: Aws, region: string, type: string): Promise<readonly Made[]> {
  const listing = LISTINGS[type] as Listing;
  const rows: Made[] = [];
  for (const parent of await parents(aws, listing)) {
    const answer = await aws.call(listing.command.replace("{}", parent), "--query", listing.query);
    for (const row of (answer as string[][] | null) ?? []) rows.push(resource(type, region, row));
  }
  return listing.only ? filtered(aws, rows, listing.only(region)) : rows;
}

/** What a listing must be asked for one by one: load balancers for their listeners. */
async function parents(aws: Aws, { under }: Listing): Promise<readonly string[]> {
  if (under === undefined) return [""];
  const { command, query } = LISTINGS[under] as Listing;
  const above = await parents(aws, LISTINGS[under] as Listing);
  const answers = await Promise.all(above.map((one) => aws.call(command.replace("{}", one), "--query", query)));
  return (answers as string[][][]).flat().map(([id, arn]) => arn ?? id ?? "");
}

function resource(type: string, region: string, [id = "", arn]: readonly string[]): Made {
  const name = LISTINGS[type]?.tail ? id.slice(id.search(/[^/:]*$/)) : id;
  const known = arn ?? (id.startsWith("arn:") ? id : undefined);
  return made(type, region, name, known);
}

async function filtered(
  aws: Aws,
  rows: readonly Made[],
  { command, answers }: { readonly command: string; readonly answers: unknown },
): Promise<readonly Made[]> {
  const kept: Made[] = [];
  for (const row of rows) if ((await aws.call(command, row.id)) === answers) kept.push(row);
  return kept;
}
