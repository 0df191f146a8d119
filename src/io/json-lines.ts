import type { Host, Message } from "./host.ts";
import { progressTracker } from "./progress.ts";
import { type Asker, settle } from "./questions.ts";
import { clean, type Stream } from "./screen.ts";
import { isHeard, type Loudness } from "./terminal.ts";

export interface JsonLinesOptions {
  readonly stream: Stream;
  readonly now: () => number;
  readonly loudness: Loudness;
  /** Absent = nobody can be asked. */
  readonly asker?: Asker | undefined;
}

/** Tells machines what goes on: one JSON object a line, with the time; progress as seldom as in a log. */
export function jsonLinesHost({ stream, now, loudness, asker }: JsonLinesOptions): Host {
  const tracker = progressTracker(now);
  const write = (message: Message) => {
    stream.write(`${JSON.stringify({ time: new Date(now()).toISOString(), ...cleaned(message) })}\n`);
  };
  const tell = (message: Message) => {
    if (!isHeard(message, loudness)) return;
    if (message.kind !== "progress" || tracker.isDue(tracker.follow(message))) write(message);
  };
  return { tell, ask: (question) => settle(question, asker, (text) => tell({ kind: "info", text })) };
}

function cleaned(message: Message): object {
  return Object.fromEntries(
    Object.entries(message).map(([key, value]) => [key, typeof value === "string" ? clean(value) : value]),
  );
}
