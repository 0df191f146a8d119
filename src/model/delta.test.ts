import { describe, expect, it } from "vitest";
import { type AccountId, type Arn, type IsoInstant, instant, region } from "./brand.ts";
import { type Change, compare, countChanges, subject } from "./delta.ts";
import type { JsonObject } from "./json.ts";
import { fingerprint } from "./normalise.ts";
import type { PropertyRules } from "./property-rules.ts";
import type { Resource, Tags, UnknownPart } from "./resource.ts";

const RULES: PropertyRules = {
  volatile: ["State"],
  secret: [],
  unordered: ["Groups", "Rules", "Grid", "Stages.*"],
  controllerOwned: [{ path: "DesiredCapacity", by: "a scaling policy" }],
  categories: { capacity: ["Size"] },
};

interface Draft {
  readonly tags?: Tags;
  readonly createdAt?: IsoInstant;
  readonly unknown?: readonly UnknownPart[];
}

function resource(configuration: JsonObject, { tags = {}, createdAt, unknown }: Draft = {}): Resource {
  return {
    arn: "arn:aws:test:eu-west-1:111111111111:thing/one" as Arn,
    type: "AWS::Test::Thing",
    id: "one",
    account: "111111111111" as AccountId,
    region: region("eu-west-1"),
    tags,
    links: [],
    configuration,
    fingerprint: fingerprint(configuration, tags),
    ...(createdAt ? { createdAt } : {}),
    ...(unknown ? { unknown } : {}),
  };
}

function changesOf(before: Resource, after: Resource) {
  const change = compare(before, after, RULES);
  return change && "properties" in change ? change.properties : change;
}

describe("compare", () => {
  it("says nothing of what is equal", () => {
    expect(compare(resource({ a: 1 }), resource({ a: 1 }), RULES)).toBeUndefined();
  });

  it("names each property that differs, was there before, or is there now", () => {
    const before = resource({ Name: "a", Old: null, Deep: { Count: 1, Same: true } });
    const after = resource({ Name: "b", New: [], Deep: { Count: 2, Same: true } });

    expect(changesOf(before, after)).toEqual([
      { path: "Deep.Count", before: 1, after: 2, category: "configuration" },
      { path: "Name", before: "a", after: "b", category: "configuration" },
      { path: "New", after: [], category: "configuration" },
      { path: "Old", before: null, category: "configuration" },
    ]);
  });

  it("sees tags, whatever their keys look like", () => {
    const before = resource({}, { tags: { team: "a", "kubernetes.io/cluster[0]": "x" } });
    const after = resource({}, { tags: { team: "b" } });

    expect(changesOf(before, after)).toEqual([
      { path: "Tags.kubernetes.io/cluster[0]", before: "x", category: "tags" },
      { path: "Tags.team", before: "a", after: "b", category: "tags" },
    ]);
  });

  it("puts changes into the categories of the facts and of well-known names", () => {
    const before = resource({ Size: 1, Policy: { Statement: [{ Sid: "a" }] }, PubliclyAccessible: false });
    const after = resource({ Size: 2, Policy: { Statement: [{ Sid: "b" }] }, PubliclyAccessible: true });

    expect(changesOf(before, after)).toMatchObject([
      { path: "Policy.Statement[0].Sid", category: "permissions" },
      { path: "PubliclyAccessible", category: "security exposure" },
      { path: "Size", category: "capacity" },
    ]);
  });

  it("tells apart what a controller moves", () => {
    expect(changesOf(resource({ DesiredCapacity: 1 }), resource({ DesiredCapacity: 4 }))).toMatchObject([
      { path: "DesiredCapacity", controlledBy: "a scaling policy" },
    ]);
  });

  it("says nothing of a property that was stored before it was known to be volatile", () => {
    expect(compare(resource({ State: "running", a: 1 }), resource({ a: 1 }), RULES)).toBeUndefined();
  });

  it("calls a resource with a newer creation date replaced, and one without a date modified", () => {
    const old = { createdAt: instant("2026-01-01") };
    const young = { createdAt: instant("2026-02-01") };

    expect(compare(resource({ a: 1 }, old), resource({ a: 1 }, young), RULES)).toMatchObject({
      kind: "replaced",
      properties: [],
    });
    expect(compare(resource({ a: 1 }, old), resource({ a: 2 }), RULES)?.kind).toBe("modified");
  });
});

describe("lists", () => {
  it("compares ordered ones by position", () => {
    expect(changesOf(resource({ Steps: ["a", "b"] }), resource({ Steps: ["b"] }))).toEqual([
      { path: "Steps[0]", before: "a", after: "b", category: "configuration" },
      { path: "Steps[1]", before: "b", category: "configuration" },
    ]);
  });

  it("compares unordered ones by element", () => {
    expect(changesOf(resource({ Groups: ["a", "b"] }), resource({ Groups: ["b", "c"] }))).toEqual([
      { path: "Groups[a]", before: "a", category: "configuration" },
      { path: "Groups[c]", after: "c", category: "configuration" },
    ]);
  });

  it("counts how often an element stands there", () => {
    expect(changesOf(resource({ Groups: ["a", "a", "b"] }), resource({ Groups: ["a", "b", "b"] }))).toEqual([
      { path: "Groups[a]", before: "a", category: "configuration" },
      { path: "Groups[b]", after: "b", category: "configuration" },
    ]);
  });

  it("compares elements that go by the same id member by member", () => {
    const before = resource({
      Rules: [
        { Arn: "x", Id: "1", Port: 80 },
        { Arn: "x", Id: "2", Port: 81 },
      ],
    });
    const after = resource({
      Rules: [
        { Arn: "x", Id: "1", Port: 80 },
        { Arn: "x", Id: "2", Port: 443 },
      ],
    });

    expect(changesOf(before, after)).toEqual([
      { path: "Rules[2].Port", before: 81, after: 443, category: "configuration" },
    ]);
  });

  it("names elements by the members that services name them with", () => {
    for (const name of ["GroupId", "TargetGroupArn", "ParameterKey", "Sid", "name", "containerName"]) {
      const changes = changesOf(
        resource({ Rules: [{ [name]: "x", n: 1 }] }),
        resource({ Rules: [{ [name]: "x", n: 2 }] }),
      );
      expect(changes, name).toMatchObject([{ path: "Rules[x].n" }]);
    }
  });

  it("takes an unordered list of lists for what it is", () => {
    const change = changesOf(resource({ Grid: [["a", "b"]] }), resource({ Grid: [["b", "a"]] }));

    expect(change).toMatchObject([{ before: ["a", "b"] }, { after: ["b", "a"] }]);
  });

  it("finds unordered lists under keys with dots in them", () => {
    const change = changesOf(
      resource({ Stages: { "v1.0": ["a", "b"] } }),
      resource({ Stages: { "v1.0": ["b", "c"] } }),
    );

    expect(change).toMatchObject([{ path: "Stages.v1.0[a]" }, { path: "Stages.v1.0[c]" }]);
  });
});

describe("what could not be read", () => {
  const denied = [{ path: "Policy", reason: "denied: x:GetPolicy" }];

  it("is unknown, not gone", () => {
    const change = compare(resource({ Policy: { a: 1 } }), resource({}, { unknown: denied }), RULES);

    expect(change).toMatchObject({ kind: "unknown", reason: "Policy could not be read: denied: x:GetPolicy" });
  });

  it("is unknown too when the other side saw that it is not set", () => {
    const [seen, unseen] = [resource({ a: 1 }), resource({ a: 1 }, { unknown: denied })];

    expect(compare(seen, unseen, RULES)?.kind).toBe("unknown");
    expect(compare(unseen, seen, RULES)?.kind).toBe("unknown");
    expect(compare(unseen, unseen, RULES)).toBeUndefined();
  });

  it("does not hide what could", () => {
    expect(changesOf(resource({ Policy: "a", Size: 1 }), resource({ Size: 2 }, { unknown: denied }))).toMatchObject([
      { path: "Size" },
    ]);
  });

  it("may be everything", () => {
    const unknown = [{ path: "*", reason: "denied: kms:DescribeKey" }];
    const change = compare(resource({ a: 1 }, { tags: { team: "a" } }), resource({}, { unknown }), RULES);

    expect(change?.kind).toBe("unknown");
  });
});

it("counts changes by kind and knows whom they are about", () => {
  const one = resource({ a: 1 });
  const two = resource({ a: 2 });
  const changes: Change[] = [
    { kind: "added", resource: one },
    { kind: "modified", before: one, after: two, properties: [] },
  ];

  expect(countChanges(changes)).toEqual({ added: 1, deleted: 0, modified: 1, replaced: 0, unknown: 0 });
  expect(changes.map(subject)).toEqual([one, two]);
});
