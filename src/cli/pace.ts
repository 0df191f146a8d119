import type { Pace } from "../engine/run.ts";
import { EvenkeelError } from "../model/errors.ts";

/** More than these steps are never under way at once. */
const GREATEST = 1_000;

/** How a person wants the steps to go. @throws EvenkeelError USAGE: nothing has been called then */
export function parsePace({ batchSize }: Pace): Pace {
  if (batchSize === undefined || (Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= GREATEST))
    return { batchSize };
  throw new EvenkeelError("USAGE", `--batch-size can't be ${batchSize}: it is a whole number from 1 to ${GREATEST}`, {
    hint: "for example --batch-size 10; without it a stage goes together",
  });
}
