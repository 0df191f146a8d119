import { valuesAt } from "../../model/path.ts";
import type { Charges } from "../charges.ts";

/** Its members are what runs, and stop with it; what it stores is not told. */
export const charges: Charges = ({ configuration }) => {
  const ids = valuesAt(configuration, "DBClusterMembers[].DBInstanceIdentifier").map(String);
  return [
    ...(ids.length > 0 ? [{ part: "members", includes: { type: "AWS::RDS::DBInstance", ids } } as const] : []),
    { part: "storage", stops: false, unpriced: "it costs by what is stored, which RDS does not tell" },
    { part: "backups", stops: false, unpriced: "AWS does not tell their size" },
  ];
};
