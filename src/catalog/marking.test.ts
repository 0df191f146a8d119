import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import { scan } from "../engine/scan/scan.ts";
import { GLOBAL } from "../model/brand.ts";
import { redactor } from "../model/redact.ts";
import type { ResourceType } from "../model/resource.ts";
import { mark, unmark } from "./marking.ts";
import { markingOf } from "./marking-rules.ts";
import { FACTS, factsOf, loadEntry } from "./registry.ts";
import { readScope, writeScope } from "./scope.ts";

const TAG = { Key: "evenkeel:quarantine", Value: "2030-01-01T00:00:00.000Z" };

it("says of every type how it is tagged, or why it can't be", () => {
  const unknown = FACTS.map(({ type }) => markingOf(type)).filter(
    (rule) => "never" in rule && /know how/.test(rule.never),
  );
  expect(unknown).toEqual([]);
});

describe("in the demo world", async () => {
  const { context } = await verbTrial();
  const { connection, clock, host, signal } = context;
  const types = FACTS.map(({ type }): ResourceType => type);
  const selection = { types, regions: [...(await connection.enabledRegions()), GLOBAL] };
  const seen = await scan({ connection, clock, host, signal, selection, redact: redactor(Buffer.from("key")) });
  const first = new Map(
    seen.resources.filter(({ tags }) => !tags["aws:autoscaling:groupName"]).map((each) => [each.type, each]),
  );
  const taggable = [...first.values()].filter(({ type }) => !("never" in markingOf(type)));

  it.each(taggable.map((each) => [each.type, each] as const))(
    "tags %s and leaves its other tags as they are",
    async (type, resource) => {
      const region = factsOf(type)?.scope === "global" ? connection.globalRegion : resource.region;
      const scope = writeScope(connection, region, { signal });
      const read = async () => (await loadEntry(type)).read(readScope(connection, region, { signal }), resource.id);
      const found = await read();
      if (!found) throw new Error(`${resource.id} can't be read`);
      const marked = { type, arn: resource.arn, found };
      const before = found.tags;

      await mark(scope, marked, TAG);
      await mark(scope, marked, TAG);
      expect((await read())?.tags).toEqual({ ...before, [TAG.Key]: TAG.Value });
      await unmark(scope, marked, TAG);
      await unmark(scope, marked, TAG);
      expect((await read())?.tags).toEqual(before);
    },
  );

  it("says why the Tagging API could not tag something, which it answers with 200", async () => {
    const scope = writeScope(connection, selection.regions[0] ?? GLOBAL, { signal });
    const arn = "arn:aws:sqs:eu-west-1:111111111111:no-such" as never;
    const missing = { type: "AWS::SQS::Queue" as const, arn, found: { id: "no-such", configuration: {} } };
    await expect(mark(scope, missing, TAG)).rejects.toMatchObject({
      message: expect.stringContaining("does not exist"),
    });
  });
});
