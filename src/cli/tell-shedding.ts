import { isError } from "../model/errors.ts";
import { phaseText, whenText } from "../report/shed/words.ts";
import { openLedger } from "../verbs/shed/ledger.ts";
import { regionOf } from "../verbs/shed/read.ts";
import type { Frame } from "./frame.ts";
import { stateUrlOf } from "./shed-setup.ts";

/** Says of a listener, or of one of its rules, how it stands with shedding; nothing where none was ever done to it. */
export async function tellShedding(frame: Frame, arn: string): Promise<void> {
  const listener = arn.replace(/:listener-rule\/(.*)\/[^/]+$/, ":listener/$1");
  if (!listener.includes(":listener/app/")) return;
  const ledger = await openLedger(await frame.online(), stateUrlOf(frame, {}), regionOf(listener));
  try {
    const state = await ledger.read(listener);
    if (!state) return;
    const since = state.since === undefined ? "" : `, since ${whenText(state.since, frame.clock.now())}`;
    const text = `Shedding of its listener: ${phaseText(state.phase, state.degree)}${since}. \`evenkeel shed status\` tells more.`;
    frame.host.tell({ kind: "info", text });
  } catch (error) {
    if (!isError(error, "REFUSED")) throw error;
    const { hint } = error.details;
    frame.host.tell({ kind: "warning", text: error.message, ...(hint ? { hint } : {}) });
  }
}
