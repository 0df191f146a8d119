import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import type { Question } from "./host.ts";
import { jsonLinesHost } from "./json-lines.ts";
import { memoryHost } from "./memory.ts";
import { settle, terminalAsker } from "./questions.ts";

const REGIONS: Question = {
  kind: "choices",
  text: "Which regions?",
  options: [
    { value: "eu-west-1", label: "eu-west-1" },
    { value: "us-east-1", label: "us-east-1" },
  ],
  default: [],
};

it("answers several choices with none where nobody can be asked, and says so", async () => {
  const said: string[] = [];

  expect(await settle(REGIONS, undefined, (text) => said.push(text))).toEqual([]);
  expect(said).toEqual(['Nobody can be asked here, so "Which regions?" is answered with nothing.']);
});

it("takes backing out for the default", async () => {
  expect(
    await settle(
      REGIONS,
      async () => undefined,
      () => undefined,
    ),
  ).toEqual([]);
});

it("gives what was chosen, on every host", async () => {
  const asker = async () => ["us-east-1"];
  const json = jsonLinesHost({ stream: { write: () => undefined }, now: () => 0, loudness: "normal", asker });

  expect(await json.ask(REGIONS)).toEqual(["us-east-1"]);
  expect(await memoryHost([["eu-west-1"]]).ask(REGIONS)).toEqual(["eu-west-1"]);
});

it("asks for several at a terminal: blank chooses, Enter ends, Escape backs out", async () => {
  const ask = async (...keys: readonly string[]) => {
    const input = new PassThrough();
    const output = new PassThrough();
    const answer = terminalAsker({ input, output, signal: new AbortController().signal, colour: true })(REGIONS);
    // The prompt listens once its library is loaded and its first picture is drawn.
    await new Promise((resolve) => output.once("data", resolve));
    for (const key of keys) input.write(key);
    return answer;
  };

  expect(await ask(" ", "\u001b[B", " ", "\r")).toEqual(["eu-west-1", "us-east-1"]);
  expect(await ask("\u0003")).toBeUndefined();
});
