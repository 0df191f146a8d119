import type { JsonObject } from "../model/json.ts";
import type { WorldCharge } from "./services/ce/ledger.ts";

/** Rows of one kind (`ec2.instance`) by their key, in order of creation. Plain JSON: dates are ISO texts. */
export type Rows = Record<string, JsonObject>;

/** Everything in one region of one account, by kind. Global services keep theirs under the region `global`. */
export type RegionRows = Record<string, Rows>;

export interface WorldAccount {
  alias?: string;
  /** Regions switched on in this account. */
  enabledRegions: string[];
  regions: Record<string, RegionRows>;
  /** Sees the costs of all accounts, as an organization's management account does. */
  paysForAll?: boolean;
  /** Costs are told by resource, which has to be switched on. */
  costsByResource?: boolean;
}

/** A simulated AWS world: plain data, so it can be written to a file, compared and cloned. */
export interface World {
  partition: string;
  /** The virtual clock's start, ISO. */
  startedAt: string;
  accounts: Record<string, WorldAccount>;
  /** Access key id -> who it is. Keys that are not here belong to the first account. */
  accessKeys: Record<string, { account: string; arn: string }>;
  /** What the accounts were charged, as Cost Explorer tells it. */
  charges?: WorldCharge[];
  /** How many groups Cost Explorer tells a page; absent = few, so that pages are followed in every test. */
  chargesAPage?: number;
  /** Counter behind deterministic ids. */
  nextId: number;
}

/** The regions AWS switches on in every new account. Source: AWS account management guide, "Enable or disable Regions". */
export const DEFAULT_REGIONS: readonly string[] = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/** An empty world with these accounts. */
export function emptyWorld(accounts: readonly string[], startedAt = "2026-01-05T09:00:00.000Z"): World {
  return {
    partition: "aws",
    startedAt,
    accounts: Object.fromEntries(
      accounts.map((id): [string, WorldAccount] => [id, { enabledRegions: [...DEFAULT_REGIONS], regions: {} }]),
    ),
    accessKeys: {},
    nextId: 1,
  };
}
