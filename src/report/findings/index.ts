import type { FindingsResult } from "../../verbs/findings/result.ts";
import type { Report } from "../format.ts";
import { FINDING_COLUMNS, findingRecord } from "./record.ts";
import { findingsText } from "./text.ts";

/** Findings for people and machines. */
export function findingsReport(result: FindingsResult): Report {
  const { rules, kept } = result;
  const rows = () => [...rules.flatMap(({ findings }) => findings), ...kept].map(findingRecord);
  return {
    text: (options) => findingsText(result, options),
    data: () => {
      const { account, at, asked, total, prices, unjudged, below, unseen } = result;
      return {
        account,
        at,
        asked,
        total,
        ...(prices ? { prices } : {}),
        rules: rules.map(({ rule: { id, finds, remedy }, total: ofRule }) => ({ id, finds, remedy, total: ofRule })),
        findings: rows(),
        unjudged,
        below,
        unseen,
      };
    },
    csv: {
      titles: FINDING_COLUMNS,
      records: () => rows().map((row) => FINDING_COLUMNS.map((column) => row[column])),
    },
  };
}
