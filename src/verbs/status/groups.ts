import { GROUPS } from "../../catalog/contract.ts";
import { minus, NOTHING, planMoney, rate, sign, sum } from "../../model/money.ts";
import type { StatusGroup, StatusResult, StatusRow, StatusState, StatusTotal } from "./result.ts";

/** Rows by group in the catalog's order, the dearest first. Groups without rows are left out. Pure. */
export function groupsOf(rows: readonly StatusRow[]): StatusGroup[] {
  return GROUPS.flatMap((group) => {
    const own = rows.filter(({ facts }) => facts.group === group).sort(byCost);
    return own.length > 0 ? [{ group, rows: own, total: totalOf(own) }] : [];
  });
}

function byCost(a: StatusRow, b: StatusRow): number {
  const dearer = sign(minus(b.money?.gross ?? NOTHING, a.money?.gross ?? NOTHING));
  return dearer || (a.target.arn < b.target.arn ? -1 : 1);
}

export function totalOf(rows: readonly StatusRow[]): StatusTotal {
  const states: Record<StatusState, number> = { running: 0, paused: 0, moving: 0, kept: 0, unknown: 0 };
  for (const { state } of rows) states[state] += 1;
  const moneys = rows.flatMap(({ money }) => money ?? []);
  const unpriced = moneys.reduce((total, money) => total + money.unpriced.length, 0);
  // Where nothing has a price a sum of zero would be a lie.
  const isKnown = moneys.some(({ parts }) => parts.length > 0) || (moneys.length > 0 && unpriced === 0);
  return {
    resources: rows.length,
    states,
    idle: rows.filter(({ idle }) => idle?.kind === "idle").length,
    ...(isKnown
      ? {
          cost: rate(sum(moneys.map(({ gross }) => gross))),
          remains: rate(sum(moneys.map(({ remains }) => remains))),
        }
      : {}),
    unpriced,
  };
}

/** Where the prices are from; undefined = nobody asked for any, or nothing is there. */
export function pricesIn(rows: readonly StatusRow[]): StatusResult["prices"] {
  const total = planMoney(
    rows.flatMap(({ money }) => money ?? []),
    [],
  );
  if (!total) return undefined;
  const { currency, source, pricesOf } = total;
  return { currency, source, ...(pricesOf ? { pricesOf } : {}) };
}
