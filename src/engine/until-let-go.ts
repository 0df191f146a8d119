import type { Clock } from "../model/clock.ts";
import { EvenkeelError, isError } from "../model/errors.ts";

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 30_000;

interface Waiting {
  readonly clock: Clock;
  /** Milliseconds since the epoch, after which it is not tried again. */
  readonly deadline: number;
  /** Done before each further attempt; what it throws ends them. */
  readonly between: () => Promise<void>;
  /** Who holds it, as far as can be seen, for the last error's words. */
  readonly holders: () => Promise<readonly string[]>;
}

/** Tries again what AWS says is held, ever more seldom. @throws EvenkeelError of the last attempt, with who holds it */
export async function untilLetGo(
  attempt: () => Promise<void>,
  { clock, deadline, between, holders }: Waiting,
): Promise<void> {
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(LAST_RETRY_MS, wait * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isError(error) || !error.details.isHeld) throw error;
      if (clock.now() >= deadline) throw heldError(error, await holders());
    }
    await clock.sleep(wait);
    await between();
  }
}

/** AWS says that something holds it; who that is, as far as can be seen. */
function heldError({ code, message, details }: EvenkeelError, holders: readonly string[]): EvenkeelError {
  const said = holders.length > 0 ? `it is held by ${holders.join(", ")}` : "what holds it can't be seen";
  return new EvenkeelError(code, `${message}; ${said}`, details);
}
