import type { Call } from "../../service.ts";

/** A line of the ledger behind all bills. */
export interface WorldCharge {
  /** `2026-01-05`, UTC. */
  day: string;
  /** As Cost Explorer calls it: `Amazon Elastic Compute Cloud - Compute`. */
  service: string;
  account: string;
  region?: string;
  resource?: string;
  tags?: Record<string, string>;
  /** `Usage`, `Tax`, `Credit`. */
  recordType: string;
  usageType?: string;
  /** Decimal text of ten digits after the point at most; unblended, and the other metrics where they are not apart. */
  amount: string;
  amortized?: string;
  net?: string;
}

const DAY_MS = 86_400_000;

/**
 * What AWS knows by now of what the caller may see: of today nothing, of yesterday every other line.
 * Source: Cost Management user guide: data are refreshed at least once a day, and may take two.
 */
export function knownCharges({ world, account, accountRow, millis }: Call): WorldCharge[] {
  const now = millis();
  return (world.charges ?? [])
    .filter(({ day }, at) => Date.parse(`${day}T00:00:00Z`) + (at % 2 === 0 ? 1 : 2) * DAY_MS <= now)
    .filter((charge) => accountRow.paysForAll || charge.account === account);
}

export function amountOf(charge: WorldCharge, metric: string): string {
  if (metric === "AmortizedCost") return charge.amortized ?? charge.amount;
  if (metric === "NetUnblendedCost") return charge.net ?? charge.amount;
  return charge.amount;
}
