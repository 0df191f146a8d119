import { describe, expect, it } from "vitest";
import type { PauseState } from "../../catalog/contract.ts";
import type { Resource } from "../../model/resource.ts";
import { resourceIndex } from "../../model/resource-index.ts";
import { memberRefusal } from "./members.ts";

const resource = (id: string, region = "eu-west-1") =>
  ({ id, type: "AWS::EC2::Instance", region, arn: `arn:${region}:${id}` }) as unknown as Resource;
const state: PauseState = { phase: "running", saved: { members: ["i-1", "i-2"] }, words: "2 members in service" };

const policy = {
  find: resourceIndex([resource("i-1"), resource("i-2"), resource("i-3")]),
  caller: "arn:aws:iam::111122223333:user/anna",
  armed: new Set<string>(),
  protection: () => undefined,
};

const refusal = (more: Partial<Parameters<typeof memberRefusal>[2]> = {}) =>
  memberRefusal(resource("web"), state, { ...policy, ...more });

describe("ending the members of a group with it", () => {
  it("is allowed where all of them were found and nothing protects any", () => {
    expect(refusal()).toBeUndefined();
  });

  it("is not where one was left out of the selection, or is in another region only", () => {
    expect(refusal({ find: resourceIndex([resource("i-1")]) })).toMatch(/i-2 is not in the selection/);
    expect(refusal({ find: resourceIndex([resource("i-1"), resource("i-2", "us-east-1")]) })).toMatch(
      /i-2 is not in the selection/,
    );
  });

  it("is not where one is protected, held by an armed record, or runs this very run", () => {
    expect(refusal({ protection: ({ id }) => (id === "i-2" ? "by tag" : undefined) })).toMatch(/i-2 .* by tag/);
    expect(refusal({ armed: new Set(["arn:eu-west-1:i-1"]) })).toMatch(/i-1 is in an armed record/);
    expect(refusal({ caller: "arn:aws:sts::111122223333:assumed-role/operator/i-2" })).toMatch(/this very run/);
  });
});
