import type { Log, Result } from "sarif";
import { describe, expect, it } from "vitest";
import { renderDelta } from "./index.ts";
import { deltaOf, modified, property, resource, sampleDelta } from "./sample.test-data.ts";
import { shortType } from "./wording.ts";

const sarif = async (result = sampleDelta()): Promise<Log> =>
  JSON.parse(await renderDelta(result, "sarif", { colour: false }));
const resultsOf = async (result = sampleDelta()): Promise<Result[]> => (await sarif(result)).runs[0]?.results ?? [];
const queue = resource("AWS::SQS::Queue", "q");

describe("a delta as SARIF", () => {
  it("is a log of version 2.1.0 with one run of evenkeel", async () => {
    const log = await sarif();

    expect(log.version).toBe("2.1.0");
    expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/);
    expect(log.runs.map(({ tool }) => tool.driver.name)).toEqual(["evenkeel"]);
  });

  it("has only results whose rule stands at their index, with a level, a message and a fingerprint", async () => {
    const [run] = (await sarif()).runs;

    for (const result of run?.results ?? []) {
      const rule = run?.tool.driver.rules?.[result.ruleIndex ?? -1];
      expect(rule?.id).toBe(result.ruleId);
      expect(rule?.defaultConfiguration?.level).toBe(result.level);
      expect(["error", "warning", "note"]).toContain(result.level);
      expect(result.message.text).not.toBe("");
      expect(result.partialFingerprints?.["evenkeelChange/v1"]).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(new Set(run?.tool.driver.rules?.map(({ id }) => id)).size).toBe(run?.tool.driver.rules?.length);
  });

  it("names the resource by its ARN", async () => {
    const [result] = (await resultsOf()).filter(({ properties }) => properties?.id === "orders");

    expect(result?.locations?.[0]?.logicalLocations?.[0]).toEqual({
      name: "orders",
      fullyQualifiedName: "arn:aws:rds:eu-west-1:123456789012:orders",
      kind: "resource",
    });
  });

  it("gives each category of a modified resource its own result and weight", async () => {
    const results = (await resultsOf()).filter(({ properties }) => properties?.id === "orders");

    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ["evenkeel/modified-security-exposure", "error"],
      ["evenkeel/modified-configuration", "warning"],
      ["evenkeel/modified-tags", "note"],
    ]);
    expect(results[0]?.message.text).toBe(
      `${shortType("AWS::RDS::DBInstance")} orders in eu-west-1 was modified\nPubliclyAccessible: false -> true`,
    );
  });

  it("has a rule for every other kind, and a note for what a controller moved", async () => {
    const rules = (await resultsOf()).map(({ ruleId }) => ruleId);

    for (const kind of [
      "added",
      "deleted",
      "replaced",
      "unknown",
      "controller-owned",
      "modified-permissions",
      "modified-configuration",
    ])
      expect(rules).toContain(`evenkeel/${kind}`);
  });

  it("calls a replacement with other permissions an error", async () => {
    const change = modified(queue, [property("Policy", "permissions", { before: 1, after: 2 })], "replaced");

    expect((await resultsOf(deltaOf([change]))).map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ["evenkeel/replaced-with-exposure-or-permissions", "error"],
    ]);
  });

  it("keeps a fingerprint while only values move, and changes it with the properties", async () => {
    const print = async (path: string, after: number) =>
      (await resultsOf(deltaOf([modified(queue, [property(path, "configuration", { before: 1, after })])])))[0]
        ?.partialFingerprints?.["evenkeelChange/v1"];

    expect(await print("Size", 2)).toBe(await print("Size", 3));
    expect(await print("Size", 2)).not.toBe(await print("Depth", 2));
  });

  it("gives no two results of a run the same fingerprint", async () => {
    const prints = (await resultsOf()).map(({ partialFingerprints }) => partialFingerprints?.["evenkeelChange/v1"]);

    expect(new Set(prints).size).toBe(prints.length);
  });

  it("tells what was not seen as notifications of the run", async () => {
    const notes = (await sarif()).runs[0]?.invocations?.[0]?.toolExecutionNotifications ?? [];

    expect(notes.map(({ message }) => message.text)).toContain(
      `${shortType("AWS::DynamoDB::Table")} in us-east-1 was not completely seen (denied): not authorised to perform dynamodb:ListTables <here>; missing permission: dynamodb:ListTables`,
    );
  });

  it("has an empty list of results when nothing changed", async () => {
    expect((await sarif(deltaOf([]))).runs[0]?.results).toEqual([]);
  });
});
