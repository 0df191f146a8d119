import { describe, expect, it } from "vitest";
import { parseConfig } from "./config-parse.ts";
import { OUTPUTS } from "./options.ts";
import { loudness, place, resolveSettings } from "./settings.ts";

const FILE = parseConfig(
  "/project/evenkeel.yaml",
  "# ours\nstore: file:from-file\nprofile: from-file\nquiet: true\nregions: [eu-west-1]\n",
);

const SAVED = parseConfig(
  "/home/me/.evenkeel/config.json",
  '{\n  "profile": "base",\n  "role-arn": "arn:aws:iam::111122223333:role/saved",\n  "external-id": "agreed",\n  "store": "file:saved"\n}\n',
);

function resolve(
  inputs: {
    given?: Record<string, unknown>;
    env?: Record<string, string>;
    file?: typeof FILE;
    saved?: typeof FILE;
  } = {},
) {
  return resolveSettings({ given: {}, env: {}, formats: OUTPUTS, ...inputs });
}

describe("settings", () => {
  it("come from flag before environment before file before default, and know from where", () => {
    const env = { EVENKEEL_STORE: "file:from-env" };
    const stores = [
      resolve({ given: { store: "file:from-flag" }, env, file: FILE }),
      resolve({ env, file: FILE }),
      resolve({ file: FILE }),
      resolve(),
    ].map(({ store }) => [store.value, place(store.source)]);

    expect(stores).toEqual([
      ["file:from-flag", "--store"],
      ["file:from-env", "EVENKEEL_STORE"],
      ["file:from-file", "/project/evenkeel.yaml:2"],
      ["file:./.evenkeel", "default"],
    ]);
  });

  it("come from what setup saved where nothing else says anything, and know its line", () => {
    const { store, roleArn, quiet } = resolve({ saved: SAVED });

    expect([store.value, place(store.source)]).toEqual(["file:saved", "/home/me/.evenkeel/config.json:5"]);
    expect(roleArn.value).toBe("arn:aws:iam::111122223333:role/saved");
    expect(quiet.source.kind).toBe("default");
    expect(resolve({ saved: SAVED, file: FILE }).store.value).toBe("file:from-file");
  });

  it.each([
    ["another profile", { given: { profile: "prod" } }],
    ["another profile of the environment", { env: { AWS_PROFILE: "prod" } }],
    ["another profile of the project's file", { file: FILE }],
    ["another role", { given: { roleArn: "arn:aws:iam::444455556666:role/other" } }],
    ["an emulator", { given: { endpointUrl: "http://127.0.0.1:5000" } }],
  ])("leave the saved sign-in out as a whole for %s: it would be an account that nobody meant", (_, inputs) => {
    const settings = resolve({ saved: SAVED, ...inputs });

    expect(settings.externalId.value).toBeUndefined();
    expect(settings.roleArn.value ?? "").not.toContain("saved");
    expect(resolve({ saved: SAVED, env: { AWS_PROFILE: "base" } }).roleArn.value).toContain("saved");
  });

  it("take our own variable before AWS's, and an empty one for unset", () => {
    const env = { EVENKEEL_PROFILE: "ours", AWS_PROFILE: "theirs" };

    expect(resolve({ env }).profile.value).toBe("ours");
    expect(resolve({ env: { ...env, EVENKEEL_PROFILE: "" } }).profile.value).toBe("theirs");
    expect(resolve({ env: { EVENKEEL_PROFILE: "", AWS_PROFILE: "" }, file: FILE }).profile.value).toBe("from-file");
  });

  it("add up --region and --regions", () => {
    const { regions } = resolve({ given: { region: ["eu-west-1"], regions: ["us-east-1", "us-west-2"] }, file: FILE });

    expect(regions.value).toEqual(["eu-west-1", "us-east-1", "us-west-2"]);
  });

  it("do not take AWS_REGION for a limit of what is looked at", () => {
    const { regions, defaultRegion } = resolve({ env: { AWS_REGION: "eu-west-1" } });

    expect([regions.value, defaultRegion.value]).toEqual([undefined, "eu-west-1"]);
  });

  it.each(["yes", "1", "TRUE", "on"])("refuse EVENKEEL_YES=%s: booleans are exactly true or false", (value) => {
    expect(() => resolve({ env: { EVENKEEL_YES: value } })).toThrow("EVENKEEL_YES can't be");
  });

  it("ask nothing in CI, unless told to", () => {
    expect(resolve({ env: { CI: "1" } }).input.value).toBe(false);
    expect(resolve({ env: { CI: "false" } }).input.value).toBe(true);
    expect(resolve({ env: { CI: "true" }, given: { input: true } }).input.value).toBe(true);
  });

  it("have no colour with NO_COLOR, whatever its value and the file say", () => {
    const file = parseConfig("f", "color: true");

    expect(resolve({ env: { NO_COLOR: "0" }, file }).color.value).toBe(false);
    expect(resolve({ file }).color.value).toBe(true);
  });

  it("let the switch that was said nearer to this run decide how loud it is", () => {
    expect(loudness(resolve({ file: FILE }))).toBe("quiet");
    expect(loudness(resolve({ file: FILE, given: { verbose: true } }))).toBe("verbose");
    expect(() => resolve({ given: { verbose: true, quiet: true } })).toThrow("exclude each other");
  });

  it.each([
    [{ EVENKEEL_HEAD_ROOM: "1" }, "EVENKEEL_HEAD_ROOM: head-room is 1"],
    [{ EVENKEEL_HEAD_ROOM: "much" }, "EVENKEEL_HEAD_ROOM can't be"],
    [{ EVENKEEL_OUTPUT: "xml" }, 'EVENKEEL_OUTPUT: "xml"'],
    [{ EVENKEEL_REGIONS: "eu-west-1,,us-east-1" }, "EVENKEEL_REGIONS: an empty region"],
  ])("refuse %o and say where it stands", (env, message) => {
    expect(() => resolve({ env: env as unknown as Record<string, string> })).toThrow(message);
  });
});
