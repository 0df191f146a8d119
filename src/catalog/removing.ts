import { EvenkeelError } from "../model/errors.ts";

/** AWS refuses in this state, by a code that does not say so, and the state passes: it is tried again until then. */
export function stillBusy(what: string, state: string | undefined): EvenkeelError {
  return new EvenkeelError(
    "AWS_REFUSED",
    `${what} is ${state ?? "in an unknown state"}: AWS removes only what is at rest`,
    {
      isHeld: true,
    },
  );
}
