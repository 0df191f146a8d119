import type { Advice, StatusResult } from "../../verbs/status/result.ts";
import type { Report } from "../format.ts";
import { STATUS_COLUMNS, statusRecord } from "./record.ts";
import { statusText } from "./text.ts";

/** An account's status for people and machines. */
export function statusReport(result: StatusResult): Report {
  const rows = () => result.groups.flatMap((group) => group.rows.map(statusRecord));
  return {
    text: (options) => statusText(result, options),
    data: () => {
      const { account, at, groups, total, prices, advice, records, unseen } = result;
      return {
        account,
        at,
        total,
        ...(prices ? { prices } : {}),
        groups: groups.map(({ group, total: ofGroup }) => ({ group, total: ofGroup })),
        rows: rows(),
        advice: advice.map(adviceData),
        records,
        unseen,
      };
    },
    csv: {
      titles: STATUS_COLUMNS,
      records: () => rows().map((row) => STATUS_COLUMNS.map((column) => row[column])),
    },
  };
}

function adviceData({ row, ...rest }: Advice): object {
  return { ...rest, target: row.target };
}
