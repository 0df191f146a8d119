import { describe, expect, it } from "vitest";
import { instant } from "../../model/brand.ts";
import { narrowing, nextCommands } from "./next.ts";
import { deltaOf, largeDelta, sampleDelta } from "./sample.test-data.ts";

const commands = (result: Parameters<typeof nextCommands>[0]) => nextCommands(result).map(({ command }) => command);

describe("what comes next", () => {
  it("is the missing permission first, then the page", () => {
    expect(commands(sampleDelta())).toEqual([
      "evenkeel iam policy --verb delta",
      "evenkeel delta --snapshot prod --output html > delta.html",
    ]);
  });

  it("offers a new baseline when all was seen", () => {
    expect(commands(largeDelta(3))).toEqual([
      "evenkeel delta --snapshot prod --output html > delta.html",
      "evenkeel snapshot create",
    ]);
  });

  it("is a check for CI when nothing changed", () => {
    expect(commands(deltaOf([]))).toEqual(["evenkeel delta --snapshot prod --exit-code"]);
  });

  it("repeats the comparison of two snapshots as such", () => {
    const after = { name: "friday", startedAt: instant("2026-11-20T10:15:00Z"), resources: 1 };

    expect(commands({ ...largeDelta(3), after })).toEqual([
      "evenkeel snapshot diff prod friday --output html > delta.html",
    ]);
    expect(commands(deltaOf([], { after }))).toEqual(["evenkeel delta"]);
  });

  it("narrows by what the list has most of", () => {
    expect(narrowing(largeDelta(100))).toBe(
      "Narrow this list with --type ec2:instance, --region eu-west-1 or --change added.",
    );
  });
});
