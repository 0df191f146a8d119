import type { Host } from "../io/host.ts";
import { ERRORS, EvenkeelError, EXIT, type ExitCode, isError } from "../model/errors.ts";

/** What is left behind when a run stops before it has begun to change anything. */
const STATE: Readonly<Partial<Record<ExitCode, string>>> = {
  [EXIT.usage]: "Nothing was called.",
  [EXIT.credentials]: "Nothing was changed.",
};

/**
 * Tells what happened, why, what to do and what state things were left in. The one place where errors leave the process.
 * @param cancelled what Ctrl-C leaves behind, said when the signal was the cause
 * @returns the exit code
 */
export function tellFailure(thrown: unknown, host: Host, signal: AbortSignal, cancelled?: string): ExitCode {
  const error = signal.aborted ? cancellation(thrown, signal, cancelled) : known(thrown);
  const { hint, action, requestId } = error.details;
  const state = error.details.state ?? STATE[error.exit];
  const advice = [
    ...(action ? [`the IAM action ${action} is missing; \`evenkeel iam policy\` prints a policy that has it`] : []),
    ...(hint ? [hint] : []),
  ].join("\n");
  host.tell({
    kind: "error",
    code: error.code,
    text: error.message,
    ...(advice ? { hint: advice } : {}),
    ...(state ? { state: sentence(state) } : {}),
  });
  if (requestId) host.tell({ kind: "detail", text: `AWS request id: ${requestId}` });
  const stack = stackOf(thrown);
  if (error.audience === "bug" && stack && !signal.aborted) host.tell({ kind: "detail", text: stack });
  return error.exit;
}

/** Errors of the verbs and those of the command line are told alike. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

/** Whoever stopped the run knows best what is left behind. */
function cancellation(thrown: unknown, signal: AbortSignal, cancelled: string | undefined): EvenkeelError {
  const state = cancelled ?? "Nothing was changed.";
  if (isError(thrown, "CANCELLED") && thrown.details.state) return thrown;
  if (isError(signal.reason, "CANCELLED") && signal.reason.details.state) return signal.reason;
  return new EvenkeelError("CANCELLED", "cancelled", { state });
}

function known(thrown: unknown): EvenkeelError {
  if (isError(thrown) && ERRORS[thrown.code].audience !== "bug") return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new EvenkeelError("BUG", `unexpected error: ${text}`, {
    hint: "this is a bug: please report it with the command and what --verbose prints",
  });
}

function stackOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const cause = stackOf(thrown.cause);
  return cause ? `${thrown.stack}\ncaused by ${cause}` : thrown.stack;
}
