import { expect, test } from "vitest";
import { collect, sample } from "../../tests/store/sample.ts";
import type { Arn } from "../model/brand.ts";
import { LineCursor } from "./line-cursor.ts";
import { arnAt, lineEnds, parseResource, resourceLine } from "./resource-line.ts";

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function cursorOn(text: string) {
  const cursor = new LineCursor(chunks(text));
  await cursor.refill();
  return cursor;
}

test("a line begins with the ARN and ends with what is unknown, creation date and fingerprint", () => {
  const resource = sample("q", { createdAt: "2026-01-01T00:00:00.000Z" as never, tags: { a: "1" } });
  const line = resourceLine(resource);

  const { head, tail } = lineEnds(resource);

  expect(line.startsWith('{"arn":"arn:aws:sqs:eu-west-1:111122223333:q","type":"AWS::SQS::Queue","id":"q",')).toBe(
    true,
  );
  expect(line.startsWith(head)).toBe(true);
  expect(line.endsWith(tail)).toBe(true);
  expect(tail).toBe(`},"createdAt":"2026-01-01T00:00:00.000Z","fingerprint":"${resource.fingerprint}"}`);
});

test("no end of a line fits one of which more or less is unknown", () => {
  const seen = sample("q");
  const unseen = sample("q", { unknown: [{ path: "Policy", reason: "denied: sqs:GetQueueAttributes" }] });

  expect(resourceLine(unseen).endsWith(lineEnds(unseen).tail)).toBe(true);
  expect(resourceLine(unseen).endsWith(lineEnds(seen).tail)).toBe(false);
  expect(resourceLine(seen).endsWith(lineEnds(unseen).tail)).toBe(false);
});

test("the same resource gives the same line, whatever the order of its members", () => {
  const one = sample("q", { tags: { a: "1", b: "2" }, configuration: { A: { x: 1, y: 2 }, B: 1 } });
  const two = sample("q", { configuration: { B: 1, A: { y: 2, x: 1 } }, tags: { b: "2", a: "1" } });

  expect(resourceLine(one)).toBe(resourceLine(two));
});

test("what a scan observed besides is never stored", () => {
  const scanned = { ...sample("q"), observed: { LastUsed: "today" } };

  expect(resourceLine(scanned)).toBe(resourceLine(sample("q")));
});

test.each([
  "arn:aws:x:::plain",
  'arn:aws:x:::quo"te',
  "arn:aws:x:::back\\slash",
  "arn:aws:x:::straße-中-\u{1f6a2}",
  "",
])("the ARN %j is read from its line without parsing the rest", async (arn) => {
  const resource = { ...sample("q"), arn: arn as Arn };

  expect(arnAt(await cursorOn(`${resourceLine(resource)}\n`))).toBe(arn);
  expect(parseResource(resourceLine(resource))).toEqual(resource);
});

test.each(["{", "[]", '"text"', "{}", '{"arn":"a"}', '{"fingerprint":"f"}', '{"arn":1,"fingerprint":"f"}'])(
  "%s is no resource",
  (line) => {
    expect(() => parseResource(line)).toThrow();
  },
);

test("lines are found however the stream is cut", async () => {
  const text = "one\n\ntwo\nthree ß\n";
  for (let cut = 0; cut <= text.length; cut++)
    for (let next = cut; next <= text.length; next++) {
      const cursor = new LineCursor(chunks(text.slice(0, cut), text.slice(cut, next), text.slice(next)));
      const lines: string[] = [];
      while (cursor.advance() || (await cursor.refill())) lines.push(cursor.text());
      expect(lines).toEqual(["one", "", "two", "three ß"]);
      expect([cursor.line, cursor.cutOff]).toEqual([4, 0]);
    }
});

test("bytes behind the last newline are counted as cut off", async () => {
  const cursor = new LineCursor(chunks("one\ntw", "o"));
  expect(await cursor.refill()).toBe(true);

  expect(cursor.advance() || (await cursor.refill())).toBe(false);
  expect(cursor.cutOff).toBe(3);
  expect(await collect(chunks("x"))).toHaveLength(1);
});
