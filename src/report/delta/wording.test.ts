import { describe, expect, it } from "vitest";
import { instant } from "../../model/brand.ts";
import { deltaOf, IRELAND, modified, property, resource, sampleDelta } from "./sample.test-data.ts";
import { controllersText, countsText, earlierText, graveText, laterText, nothingText, shortType } from "./wording.ts";

describe("the words of a delta", () => {
  it("use the catalog's short names, and make one for a type that it does not know", () => {
    expect(shortType("AWS::EC2::Instance")).toBe("ec2:instance");
    expect(shortType("AWS::Foo::DBClusterParameterGroup")).toBe("foo:db-cluster-parameter-group");
    expect(shortType("AWS::Foo::Bar::Baz")).toBe("foo:bar-baz");
  });

  it("count every kind and the unchanged", () => {
    const { counts, unchanged } = sampleDelta();

    expect(countsText(counts, unchanged)).toBe(
      "3 added, 2 deleted, 5 modified, 2 replaced, 1 unknown; 1,204 unchanged",
    );
  });

  it("name the baseline and its age at the time of the scan", () => {
    expect(earlierText(sampleDelta())).toBe("baseline prod of 2026-11-17 09:30 UTC, 3 days before");
    expect(laterText(sampleDelta())).toBe("account 123456789012, read at 2026-11-20 10:15 UTC");
  });

  it("name both snapshots where nothing live is compared, in whichever order they were made", () => {
    const result = deltaOf([], { after: { name: "old", startedAt: instant("2026-11-15T09:30:00Z"), resources: 1 } });

    expect(earlierText(result)).toBe("snapshot prod of 2026-11-17 09:30 UTC, 2 days later");
    expect(laterText(result)).toBe("account 123456789012, snapshot old of 2026-11-15 09:30 UTC");
  });

  it("call an account unchanged only when all of it was seen", () => {
    const unseen = [{ type: "AWS::SQS::Queue", region: IRELAND, status: "failed", count: 0 }] as const;

    expect(nothingText(deltaOf([]))).toBe("Nothing changed: 1,204 resources are as in prod.");
    expect(nothingText(deltaOf([], { unseen }))).toContain("But not everything was seen.");
  });

  it("count grave changes, but not what a controller moved", () => {
    const grave = property("SecurityGroups", "security exposure", { before: 1, after: 2 });
    const moved = property("SecurityGroups", "security exposure", { before: 1, after: 2, by: "a controller" });
    const queue = resource("AWS::SQS::Queue", "q");

    expect(graveText(deltaOf([modified(queue, [grave]), modified(queue, [grave])]))).toBe(
      "security exposure changed in 2 resources",
    );
    expect(graveText(deltaOf([modified(queue, [moved])]))).toBe("");
    expect(controllersText(deltaOf([modified(queue, [moved])]))).toBe(
      "1 of the modified shows only what a controller may move",
    );
  });
});
