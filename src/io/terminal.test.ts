import { describe, expect, it } from "vitest";
import type { Message } from "./host.ts";
import { jsonLinesHost } from "./json-lines.ts";
import type { Stream } from "./screen.ts";
import { terminalHost } from "./terminal.ts";

/** A stream that keeps what is written. */
function recorder(columns?: number): Stream & { readonly written: string[] } {
  const written: string[] = [];
  return { written, write: (text) => void written.push(text), isTTY: columns !== undefined, columns };
}

/** A clock that tests move by hand. */
function handClock() {
  let time = 0;
  return { now: () => time, pass: (ms: number) => (time += ms) };
}

function trial(
  options: { redraw?: boolean; columns?: number; loudness?: "quiet" | "normal" | "verbose"; ascii?: boolean } = {},
) {
  const stream = recorder(options.columns);
  const clock = handClock();
  const { redraw = false, loudness = "normal", ascii = false } = options;
  const host = terminalHost({ stream, now: clock.now, loudness, colour: false, ascii, redraw });
  return { host, stream, clock, text: () => stream.written.join("") };
}

const step = (done: number, total = 100): Message => ({
  kind: "progress",
  task: "scan",
  done,
  total,
  note: `${done} resources`,
});

describe("the terminal host on a terminal", () => {
  it("redraws one progress line in place and leaves the last one standing", () => {
    const { host, clock, stream } = trial({ redraw: true, columns: 80 });

    for (const done of [0, 10, 100]) {
      host.tell(step(done));
      clock.pass(2_000);
    }

    expect(stream.written.filter((text) => text.startsWith("\r\u001b[2Kscan"))).toHaveLength(2);
    expect(stream.written.at(-1)).toBe("scan  100 %  100 of 100  took 4 s  100 resources\n");
  });

  it("tells percentage, count, what is left and the note", () => {
    const { host, clock, text } = trial({ redraw: true, columns: 80 });

    host.tell(step(0));
    clock.pass(10_000);
    host.tell(step(25));

    expect(text()).toContain("scan   25 %  25 of 100  about 30 s left  25 resources");
  });

  it("puts a message above the progress line and draws the line again", () => {
    const { host, stream } = trial({ redraw: true, columns: 80 });

    host.tell(step(1));
    host.tell({ kind: "info", text: "hello" });

    expect(stream.written.slice(1)).toEqual(["\r\u001b[2K", "hello\n", expect.stringContaining("scan    1 %")]);
  });

  it("draws no progress line again below an error", () => {
    const { host, stream } = trial({ redraw: true, columns: 80 });

    host.tell(step(1));
    host.tell({ kind: "error", code: "CANCELLED", text: "cancelled", state: "Nothing was saved." });

    expect(stream.written.at(-1)).toBe("✖ cancelled\n  Nothing was saved.\n");
  });

  it("keeps the line narrower than the terminal, so that it never wraps", () => {
    const { host, text } = trial({ redraw: true, columns: 20 });

    host.tell(step(1));

    expect(text().replace("\r\u001b[2K", "").length).toBeLessThan(20);
  });
});

describe("the terminal host in a log", () => {
  it("writes a line at the start, at most one each second, and one at the end", () => {
    const { host, clock, text } = trial();

    for (let done = 0; done <= 100; done++) {
      host.tell(step(done));
      clock.pass(40);
    }

    const lines = text().trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain("0 of 100");
    expect(lines.at(-1)).toContain("100 of 100");
  });

  it("writes a line after five seconds even where little was done", () => {
    const { host, clock, text } = trial();

    for (let second = 0; second < 12; second++) {
      host.tell(step(second, 10_000));
      clock.pass(1_000);
    }

    expect(text().trimEnd().split("\n")).toHaveLength(3);
  });

  it("has no escape sequences, whatever names from AWS contain", () => {
    const { host, text } = trial();

    host.tell(step(1));
    host.tell({ kind: "warning", text: "queue \u001b[2J\u0007evil\rname", hint: "look" });

    expect(text()).not.toContain("\u001b");
    expect(text()).toContain("▲ queue [2Jevil\nname\n  look\n");
  });

  it("answers a question with what changes nothing, and says so", async () => {
    const { host, text } = trial();

    const answer = await host.ask({ kind: "confirm", text: "Delete it?", default: false });

    expect(answer).toBe(false);
    expect(text()).toContain('"Delete it?" is answered no');
  });
});

describe("how loud a host is", () => {
  const messages: Message[] = [
    { kind: "detail", text: "a detail" },
    { kind: "info", text: "an info" },
    { kind: "warning", text: "a warning" },
    { kind: "error", code: "BUG", text: "an error" },
    { kind: "progress", task: "scan", done: 0, total: 1 },
  ];

  it.each([
    ["quiet", "! a warning\nx an error\n"],
    ["normal", "an info\n! a warning\nx an error\nscan    0 %  0 of 1  ...\n"],
    ["verbose", "a detail\nan info\n! a warning\nx an error\nscan    0 %  0 of 1  ...\n"],
  ] as const)("%s", (loudness, expected) => {
    const { host, text } = trial({ loudness, ascii: true });

    for (const message of messages) host.tell(message);

    expect(text()).toBe(expected);
  });
});

describe("secrets", () => {
  const message: Message = { kind: "error", code: "BUG", text: "key AKIAIOSFODNN7EXAMPLE", hint: "password=hunter22" };

  it("leave through no host", () => {
    const { host, text } = trial();
    const stream = recorder();
    const json = jsonLinesHost({ stream, now: () => 0, loudness: "normal" });

    host.tell(message);
    json.tell(message);

    for (const told of [text(), stream.written.join("")]) {
      expect(told).not.toMatch(/AKIA|hunter22/);
      expect(told).toContain("…redacted…");
    }
  });
});

describe("the JSON lines host", () => {
  it("writes one object a line, with the time", () => {
    const stream = recorder();
    const host = jsonLinesHost({ stream, now: () => Date.UTC(2026, 0, 31), loudness: "normal" });

    host.tell({ kind: "warning", text: "two\nlines" });

    expect(stream.written).toHaveLength(1);
    expect(JSON.parse(stream.written[0] ?? "")).toEqual({
      time: "2026-01-31T00:00:00.000Z",
      kind: "warning",
      text: "two\nlines",
    });
  });

  it("tells progress as seldom as a log", () => {
    const stream = recorder();
    const host = jsonLinesHost({ stream, now: () => 0, loudness: "normal" });

    for (let done = 0; done <= 100; done++) host.tell(step(done));

    expect(stream.written).toHaveLength(2);
  });
});
