import { Logger } from "@aws-lambda-powertools/logger";
import type { Host, Message } from "../io/host.ts";
import { progressTracker } from "../io/progress.ts";
import { clean } from "../io/screen.ts";
import type { LogLevel } from "../verbs/reap/settings.ts";
import type { Invocation } from "./door.ts";

/** What Powertools calls the same. */
const LEVELS = { DEBUG: "DEBUG", INFO: "INFO", WARNING: "WARN", ERROR: "ERROR", CRITICAL: "CRITICAL" } as const;

export interface LoggerHostOptions {
  readonly invocation: Invocation;
  readonly level: LogLevel;
  /** Of the event, where it has an id; else the request's stands for it. */
  readonly correlationId: string | undefined;
  readonly now: () => number;
}

/** Tells the function's log, one JSON object a line, without secrets; progress as seldom as in any log. Nobody can be asked. */
export function loggerHost({ invocation, level, correlationId, now }: LoggerHostOptions): Host {
  const { awsRequestId, functionName } = invocation;
  const logger = new Logger({ serviceName: functionName, logLevel: LEVELS[level] });
  logger.setCorrelationId(correlationId === undefined ? awsRequestId : clean(correlationId));
  logger.appendKeys({ function_request_id: awsRequestId });
  const tracker = progressTracker(now);
  return {
    tell(message) {
      if (message.kind === "progress" && !tracker.isDue(tracker.follow(message))) return;
      write(logger, message);
    },
    ask: async (question) => question.default as never,
  };
}

function write(logger: Logger, message: Message): void {
  if (message.kind === "progress") {
    const { task, done, total, at, note } = message;
    logger.debug(task, { done, total, ...cleaned({ at, note }) });
    return;
  }
  const { text, kind, ...more } = message;
  const rest = cleaned(more);
  // Ours to mend: nothing that a person or AWS does makes it go away.
  if (kind === "error" && message.code === "BUG") logger.critical(clean(text), rest);
  else logger[LOGGED_AS[kind]](clean(text), rest);
}

const LOGGED_AS = { detail: "debug", info: "info", warning: "warn", error: "error" } as const;

function cleaned(texts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, clean(text)]])),
  );
}
