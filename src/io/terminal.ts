import { type Paint, painter } from "./colour.ts";
import type { Host, Message } from "./host.ts";
import { type Pace, progressTracker } from "./progress.ts";
import { type Asker, settle } from "./questions.ts";
import { clean, type Stream, type Symbols, symbols } from "./screen.ts";

/** How much a person wants to be told. */
export type Loudness = "quiet" | "normal" | "verbose";

export interface TerminalHostOptions {
  readonly stream: Stream;
  readonly now: () => number;
  readonly loudness: Loudness;
  readonly colour: boolean;
  readonly ascii: boolean;
  /** One line redrawn in place: a terminal, and not a log of a build server. */
  readonly redraw: boolean;
  /** Absent = nobody can be asked. */
  readonly asker?: Asker | undefined;
}

/** Redrawing more often than this only makes the line flicker. */
const REDRAW_EVERY_MS = 100;
const CLEAR_LINE = "\r\u001b[2K";

/** Tells people what goes on: on a terminal with one progress line redrawn in place, else as a log that stays readable. */
export function terminalHost(options: TerminalHostOptions): Host {
  const { stream, now, loudness, redraw } = options;
  const paint = painter(options.colour);
  const signs = symbols(options.ascii);
  const tracker = progressTracker(now);
  let drawn: string | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;

  const clear = () => {
    if (drawn === undefined) return;
    stream.write(CLEAR_LINE);
    drawn = undefined;
  };
  const writeLines = (text: string) => {
    const under = drawn;
    clear();
    stream.write(`${text}\n`);
    if (under !== undefined) draw(under);
  };
  const draw = (line: string) => {
    stream.write(`${CLEAR_LINE}${line}`);
    drawn = line;
    drawnAt = now();
  };
  const show = (pace: Pace) => {
    const due = tracker.isDue(pace);
    if (pace.ended) {
      clear();
      if (due) stream.write(`${progressLine(pace, signs)}\n`);
    } else if (redraw) {
      if (now() - drawnAt >= REDRAW_EVERY_MS) draw(toOneLine(progressLine(pace, signs), stream.columns ?? 80, signs));
    } else if (due) stream.write(`${progressLine(pace, signs)}\n`);
  };

  return {
    tell(message) {
      if (!isHeard(message, loudness)) return;
      // What stopped the run also stopped its progress.
      if (message.kind === "error") clear();
      if (message.kind === "progress") show(tracker.follow(message));
      else writeLines(format(message, paint, signs));
    },
    ask(question) {
      clear();
      return settle(question, options.asker, (text) => writeLines(clean(text)));
    },
  };
}

/** Warnings and errors always; details only when asked for. */
export function isHeard(message: Message, loudness: Loudness): boolean {
  if (message.kind === "warning" || message.kind === "error") return true;
  return message.kind === "detail" ? loudness === "verbose" : loudness !== "quiet";
}

function format(message: Exclude<Message, { kind: "progress" }>, paint: Paint, signs: Symbols): string {
  switch (message.kind) {
    case "info":
      return clean(message.text);
    case "detail":
      return paint("dim", clean(message.text));
    case "warning":
      return [`${paint("warning", signs.warning)} ${clean(message.text)}`, ...indented(message.hint)].join("\n");
    case "error":
      return [
        `${paint("bad", signs.bad)} ${clean(message.text)}`,
        ...indented(message.state),
        ...indented(message.hint && `${paint("accent", "What to do:")} ${clean(message.hint)}`),
      ].join("\n");
  }
}

function indented(text: string | undefined): string[] {
  return text ? text.split("\n").map((line) => `  ${line}`) : [];
}

/** `scan  45 %  180 of 400  about 12 s left  1,204 resources  eu-west-1 AWS::EC2::Instance` */
function progressLine({ progress, share, elapsedMs, leftMs, ended }: Pace, signs: Symbols): string {
  const { task, done, total, at, note } = progress;
  const parts = [
    task,
    `${String(Math.floor(share * 100)).padStart(3)} %`,
    `${done} of ${total}`,
    ended ? `took ${seconds(elapsedMs)}` : leftMs === undefined ? signs.ellipsis : `about ${seconds(leftMs)} left`,
    ...(note ? [note] : []),
    ...(at && !ended ? [at] : []),
  ];
  return clean(parts.join("  "));
}

function seconds(ms: number): string {
  const whole = Math.round(ms / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * A progress line that wraps could not be redrawn. Measured with care: whatever is not ASCII counts double, because the
 * library that knows better takes a fifth of the start-up time.
 */
function toOneLine(line: string, columns: number, signs: Symbols): string {
  const room = columns - 1;
  if (atMost(line) <= room) return line;
  let cut = line;
  while (atMost(cut + signs.ellipsis) > room && cut !== "") cut = cut.slice(0, -1);
  return cut + signs.ellipsis;
}

function atMost(text: string): number {
  return text.length + text.replace(/[ -~]/g, "").length;
}
