import type { Connection } from "../aws/connection.ts";
import type { Host } from "../io/host.ts";
import { clean } from "../io/screen.ts";
import { systemClock } from "../io/system-clock.ts";
import type { Clock } from "../model/clock.ts";
import { isError } from "../model/errors.ts";
import { once } from "../model/once.ts";
import { parseLogLevel } from "../verbs/reap/settings.ts";
import type { DoorContext, Env, Invocation } from "./door.ts";
import type { FunctionName } from "./functions.ts";
import { loggerHost } from "./host.ts";
import { type Meter, powertoolsMeter } from "./meter.ts";
import { notifier } from "./notify.ts";

/** What an invocation begins with, before anything has been called. */
export interface Start {
  readonly name: FunctionName;
  readonly invocation: Invocation;
  readonly env: Env;
  readonly host: Host;
  readonly clock: Clock;
  readonly meter: Meter;
}

/** Makes what a door works with. */
export interface Opener<Context extends DoorContext> {
  /** Everything, `signal` and `over` included. */
  open(start: Start): Promise<Context>;
  /** For what is to be told when nothing else is left: calls that no signal of the invocation ends. */
  connect(start: Start, signal: AbortSignal): Promise<Connection>;
}

/**
 * What Lambda calls: opens the context, lets the door do the work, and tells a failure in the log and to people before Lambda
 * hears of it. Nothing outlives an invocation: what a frozen container goes on with an hour later would act on old knowledge.
 */
export function handle<Context extends DoorContext, Answer>(
  name: FunctionName,
  opener: Opener<Context>,
  door: (event: unknown, context: Context) => Promise<Answer>,
): (event: unknown, invocation: Invocation) => Promise<Answer> {
  return async (event, invocation) => {
    const start = begin(name, invocation, event);
    try {
      return await door(event, await opener.open(start));
    } catch (error) {
      await tellFailure(start, opener, error);
      throw outward(error);
    }
  };
}

function begin(name: FunctionName, invocation: Invocation, event: unknown): Start {
  const { env } = process;
  const { level, warning } = parseLogLevel(env.LOG_LEVEL);
  const { now } = systemClock;
  const host = loggerHost({ invocation, level, correlationId: idOf(event), now });
  if (warning !== undefined) host.tell({ kind: "warning", text: warning });
  return { name, invocation, env, host, clock: systemClock, meter: powertoolsMeter(invocation.functionName) };
}

/** Lambda itself logs message, stack and members of what is thrown, as they are. */
function outward(error: unknown): Error {
  const { message, stack, name } = error as Error;
  const told = new Error(clean(message));
  told.name = isError(error) ? error.code : name;
  told.stack = clean(stack ?? message);
  return told;
}

/** EventBridge's, by which an event is found again in the logs of others. */
function idOf(event: unknown): string | undefined {
  const id = typeof event === "object" && event !== null && "id" in event ? event.id : undefined;
  return typeof id === "string" ? id : undefined;
}

/** Somebody else is at the same just now: Lambda, or the queue, brings the event again, and a person has nothing to do. */
function isBusy(error: unknown): boolean {
  return isError(error, "REFUSED") && error.details.isHeld === true;
}

async function tellFailure<Context extends DoorContext>(
  start: Start,
  opener: Opener<Context>,
  error: unknown,
): Promise<void> {
  const { name, host, env, meter, invocation } = start;
  const { message } = error as Error;
  const { hint, state } = isError(error) ? error.details : {};
  const more = { ...(hint ? { hint } : {}), ...(state ? { state } : {}) };
  if (isBusy(error)) {
    host.tell({ kind: "warning", text: message, ...more });
    return;
  }
  host.tell({ kind: "error", code: isError(error) ? error.code : "BUG", text: message, ...more });
  try {
    const connect = once(() => opener.connect(start, new AbortController().signal));
    await notifier(env, { connect, host, meter })({
      subject: `Evenkeel: ${name} failed`,
      text: [message, state, hint, `Function ${invocation.functionName}, request ${invocation.awsRequestId}`]
        .filter((line) => line !== undefined)
        .join("\n\n"),
      attributes: { event: "failure", function: name, code: isError(error) ? error.code : "BUG" },
      whole: `the log of function ${invocation.functionName}`,
    });
  } catch (second) {
    host.tell({ kind: "error", code: "NETWORK", text: `and nobody could be told: ${(second as Error).message}` });
  }
}
