import type { Bill } from "../../store/bill/bill.ts";
import type { BillSource } from "./cost.ts";

/** Bill files as a source of costs. @param currency only charges in it */
export function billSource(bill: Bill, currency?: string): BillSource {
  return {
    span: bill.span,
    accounts: () => bill.accounts(),
    split: async ({ judge, ...question }) => ({
      source: { kind: "bill", files: bill.files, format: bill.format },
      split: await bill.split({ ...question, ...(currency === undefined ? {} : { currency }) }, judge),
    }),
  };
}
