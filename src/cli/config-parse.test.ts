import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findConfig } from "./config-file.ts";
import { parseConfig } from "./config-parse.ts";

describe("the configuration file", () => {
  it("knows the line of each key", () => {
    const file = parseConfig("f", "# a comment\n\nprofile: dev\nhead-room: 0.25\n");

    expect(file.values).toEqual({ profile: "dev", "head-room": 0.25 });
    expect([file.lineOf("profile"), file.lineOf("head-room")]).toEqual([3, 4]);
  });

  it("may be empty", () => {
    expect(parseConfig("f", "").values).toEqual({});
    expect(parseConfig("f", "# nothing yet\n").values).toEqual({});
  });

  it.each([
    ["profile: dev\nregoins: [eu-west-1]\n", 'f:2:1: there is no key "regoins"; did you mean "regions"?'],
    ["headRoom: 0.5\n", 'f:1:1: there is no key "headRoom"; did you mean "head-room"?'],
    ["colours: many\n", 'f:1:1: there is no key "colours"; did you mean "color"?'],
    ["zzzzzzzz: 1\n", 'f:1:1: there is no key "zzzzzzzz"; known are profile, role-arn'],
    ["quiet: yes\n", "f:1:8: quiet: must be exactly true or false"],
    ["verbose: 1\n", "f:1:10: verbose: must be exactly true or false"],
    ["profile: dev\nhead-room: 2\n", "f:2:12: head-room: must be at most 0.9"],
    ["output: xml\n", "f:1:9: output: must be one of table, json, yaml, csv"],
    ["regions:\n  - eu-west-1\n  - 7\n", "f:3:5: regions.1: must be a string"],
    ["regions: eu-west-1\n", "f:1:10: regions: must be a array"],
    ["endpoint-url: nowhere\n", "f:1:15: endpoint-url: must be an address"],
    ["foo: 1\n", 'f:1:1: there is no key "foo"; known are profile'],
    ['store: ""\n', "f:1:8: store: must not be empty"],
    ["role-arn: deploy\n", "f:1:11: role-arn: must start with arn:"],
    ["yes: true\n", 'f:1:1: there is no key "yes"'],
    ["profile: dev\nprofile: prod\n", "f:2:1: Map keys must be unique"],
    ["profile: [dev\n", "f:2:1: "],
    ["guards:\n  protect:\n    - tags: env\n", 'f:3:7: there is no key "tags"; did you mean "tag"?'],
    ["guards:\n  protect:\n    - tag: =prod\n", "f:3:12: guards.protect.0.tag: must be KEY or KEY=VALUE"],
    ["guards:\n  protect:\n    - id: 7\n", "f:3:11: guards.protect.0.id: must be a string"],
    ["guards:\n  protect:\n    - type: ec2:instanze\n", "f:3:13: guards.protect.0.type: no resource type or group"],
    [
      "guards:\n  protect:\n    - younger-than: 2 weeks\n",
      'f:3:21: guards.protect.0.younger-than: "2 weeks" is no age',
    ],
    [
      "guards:\n  protect:\n    - id: a\n      type: storage\n",
      "f:3:7: guards.protect.0: must be one of tag, id, type",
    ],
    ["guards:\n  protect:\n    - {}\n", "f:3:7: guards.protect.0: must be one of tag, id, type"],
    ["guards:\n  protect: env\n", "f:2:12: guards.protect: must be a list"],
    ["guards:\n  protected-accounts: prod\n", "f:2:23: guards.protected-accounts: must be a list"],
    ['guards:\n  protected-accounts: [""]\n', "f:2:24: guards.protected-accounts.0: must not be empty"],
    ["guards:\n  protected-accounts: [111122223333]\n", "guards.protected-accounts.0: must be a string"],
    ["guards:\n  max-removals: 0\n", "f:2:17: guards.max-removals: must be at least 1"],
    ["- a\n- b\n", "f:1:1: the file must be a list of keys and values"],
  ])("refuses %j", (text, message) => {
    expect(() => parseConfig("f", text)).toThrow(message.replace("must be a array", "must be a list"));
  });

  it("tells every problem, in the file's order", () => {
    expect(() => parseConfig("f", "output: xml\nnope: 1\nquiet: maybe\n")).toThrow(/f:1:9: .*\nf:2:1: .*\nf:3:8: /);
  });
});

describe("where the configuration file is looked for", () => {
  const root = mkdtempSync(join(tmpdir(), "evenkeel-config-"));
  afterAll(() => rmSync(root, { recursive: true }));
  const home = join(root, "home");
  const project = join(root, "project");
  const inner = join(project, "a", "b");
  for (const folder of [join(home, ".evenkeel"), inner]) mkdirSync(folder, { recursive: true });

  it("is here, upwards, then at home; the named one before all", () => {
    writeFileSync(join(home, ".evenkeel", "evenkeel.yaml"), "");
    expect(findConfig({ cwd: inner, home })).toBe(join(home, ".evenkeel", "evenkeel.yaml"));

    writeFileSync(join(project, "evenkeel.yaml"), "");
    expect(findConfig({ cwd: inner, home })).toBe(join(project, "evenkeel.yaml"));

    writeFileSync(join(inner, "other.yaml"), "");
    expect(findConfig({ cwd: inner, home, named: "other.yaml" })).toBe(join(inner, "other.yaml"));
  });

  it("is refused when the named one is not there", () => {
    expect(() => findConfig({ cwd: inner, home, named: "gone.yaml" })).toThrow("there is no configuration file");
  });
});
