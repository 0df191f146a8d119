import type { Charges } from "../charges.ts";

/** Source: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html: incremental, billed by changed blocks. */
export const charges: Charges = () => [
  {
    part: "storage",
    stops: false,
    unpriced: "AWS bills the blocks that changed since the snapshot before, and EC2 does not tell how many",
  },
];
