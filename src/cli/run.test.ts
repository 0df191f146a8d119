import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ExitCode as ParserCode } from "@stricli/core";
import { describe, expect, it } from "vitest";
import { EvenkeelError } from "../model/errors.ts";
import { parserError } from "./parse.ts";
import { commandLine } from "./trial.test-data.ts";

describe("the command line", () => {
  it.each([
    ["whoam", 'there is no command "whoam"; did you mean whoami?'],
    ["snapshot lst", 'there is no command "lst"; did you mean list?'],
    ["types --outptu json", "there is no option --outptu; did you mean --output?"],
    ["types --output xml", '--output can\'t be "xml": it is one of table, json, yaml, csv'],
    ["delta --change aded", '--change can\'t be "aded": it is one of added'],
    ["snapshot create a b", '"b" is one argument too many'],
    ["snapshot show", "NAME is missing"],
    ["delta --snapshot", "--snapshot wants a value"],
    ["delta --to a --to b", '--to is given twice: "a" and "b"'],
    ["types --head-room much", '--head-room can\'t be "much"'],
    ["types --quiet=yes", "exactly true or false"],
    ["types --head-room 0.95", "--head-room: head-room is 0.95"],
    ["types ec2:instanse", "did you mean ec2:instance"],
    ["pause --way ec2:instance=hibrnate --dry-run", "did you mean --way ec2:instance=hibernate"],
    ["completion tcsh", "one of bash, zsh, fish"],
    ["--bogus", "--bogus stands where a command is expected"],
    ["snapshot create --tag env", "--tag wants KEY=VALUE"],
    ["snapshot create --metadata ticket", "--metadata wants KEY=VALUE"],
    ["snapshot create .hidden", "can't be a snapshot's name"],
    ["snapshot create --created-between 2026-01-01", "--created-between wants AFTER,BEFORE"],
    ["snapshot create --regions eu-nowhere", "not an AWS region code"],
    ["delta --since yesterday", "--since wants a date"],
    ["snapshot list --account 12", "--account wants twelve digits"],
  ])("ends with 2 for `%s`, says what to write and calls nothing", async (line, message) => {
    let calls = 0;
    const { run } = commandLine({ connect: () => Promise.reject(new Error(String(calls++))) });

    const { code, stdout, stderr } = await run(...line.split(" "));

    expect(stderr).toContain(message);
    expect(stderr).toContain("Nothing was called.");
    expect(stderr).toContain("What to do:");
    expect([code, stdout, calls]).toEqual([2, "", 0]);
  });

  it("names the place of a mistake in the configuration file", async () => {
    const { run, folder } = commandLine();
    writeFileSync(join(folder, "evenkeel.yaml"), "profile: dev\nregoin: eu-west-1\n");

    const { code, stderr } = await run("types");

    expect(code).toBe(2);
    expect(stderr).toContain('evenkeel.yaml:2:1: there is no key "regoin"; did you mean "regions"?');
  });

  it("tells errors as JSON where the result is JSON", async () => {
    const { run } = commandLine();

    for (const line of ["types nope --output json", "--output json nope", "types --output json --qiet"]) {
      const { code, stderr } = await run(...line.split(" "));
      expect(code).toBe(2);
      expect(JSON.parse(stderr)).toMatchObject({ kind: "error", state: "Nothing was called." });
    }
  });

  it("ends with 1 for a bug and shows the stack only with --verbose", async () => {
    const { run } = commandLine({ connect: () => Promise.reject(new TypeError("oops")) });

    const quiet = await run("whoami");
    const verbose = await run("whoami", "--verbose");

    expect([quiet.code, verbose.code]).toEqual([1, 1]);
    expect(quiet.stderr).toContain("unexpected error: oops");
    expect(quiet.stderr).toContain("this is a bug");
    expect(quiet.stderr).not.toContain("\n    at ");
    expect(verbose.stderr).toContain("TypeError: oops\n    at ");
  });

  it("ends with 3, the missing action and what to do for a denial", async () => {
    const denied = new EvenkeelError("ACCESS_DENIED", "sts AssumeRole: no", {
      action: "sts:AssumeRole",
      hint: "check the role's trust policy",
    });
    const { run } = commandLine({ connect: () => Promise.reject(denied) });

    const { code, stderr } = await run("whoami");

    expect(code).toBe(3);
    expect(stderr).toBe(
      "✖ sts AssumeRole: no\n  Nothing was changed.\n  What to do: the IAM action sts:AssumeRole is missing; `evenkeel iam policy` prints a policy that has it\n  check the role's trust policy\n",
    );
  });

  it("ends with 130 and words about the state when it is cancelled", async () => {
    const { run, abort } = commandLine({
      connect: async () => {
        abort.abort(new EvenkeelError("CANCELLED", "cancelled"));
        return abort.signal.throwIfAborted() as never;
      },
    });

    const { code, stderr } = await run("snapshot", "create");

    expect(code).toBe(130);
    expect(stderr).toBe("✖ cancelled\n  No snapshot was saved, and the baseline is what it was.\n");
  });

  it("shows the help without a terminal, and who is there with one", async () => {
    const piped = await commandLine().run();
    const signedOut = () => Promise.reject(new EvenkeelError("NO_CREDENTIALS", "no credentials"));
    const watched = await commandLine({ terminal: true, connect: signedOut }).run();

    expect(piped.stdout).toContain("Usage:\n  evenkeel COMMAND");
    expect(watched.stdout).toContain("not signed in: no credentials");
    expect([piped.code, watched.code]).toEqual([0, 0]);
  });

  it("prints its version and the exit codes", async () => {
    const { run } = commandLine();

    expect((await run("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run("help", "exit-codes")).stdout).toContain("130  cancelled by the user");
  });

  it("has a page with examples for every command, which all can be parsed", async () => {
    const { run } = commandLine();
    const { stdout } = await run("--help");
    const commands =
      stdout
        .split("Commands:\n")[1]
        ?.split("\n\n")[0]
        ?.split("\n")
        .map((line) => line.trim().split(/ {2,}/)[0] ?? "") ?? [];
    expect(commands.length).toBeGreaterThan(12);

    for (const command of commands) {
      const page = await run(...command.split(" "), "--help");
      expect(page.stdout).toContain(`\nExamples:\n  evenkeel ${command}`.replace("evenkeel completion", ""));
      expect(page.code).toBe(0);
      // A shell would make several words of a pattern that is in no quotes, or nothing at all of it.
      const lines =
        page.stdout
          .split("\nExamples:\n")[1]
          ?.split("\n\n")[0]
          ?.match(/^ {2}evenkeel .*$/gm) ?? [];
      expect(lines.filter((line) => /[*?[]/.test(line.replace(/'[^']*'|"[^"]*"/g, "")))).toEqual([]);
    }
  });

  it("shows the effective settings and where each came from", async () => {
    const { run, folder } = commandLine({ env: { AWS_PROFILE: "dev" } });
    writeFileSync(join(folder, "evenkeel.yaml"), "head-room: 0.25\n");

    const { stdout } = await run("config", "show", "--output", "json", "--regions", "eu-west-1");

    expect(JSON.parse(stdout).settings).toMatchObject({
      profile: { value: "dev", from: "AWS_PROFILE" },
      regions: { value: ["eu-west-1"], from: "--regions" },
      "head-room": { value: 0.25, from: `${join(folder, "evenkeel.yaml")}:1` },
      yes: { value: false, from: "default" },
    });
  });
});

describe("the parser's own codes", () => {
  it("mean usage where a person mistyped, and a bug where a module can't be loaded", () => {
    const exits = Object.values(ParserCode)
      .filter((code) => code < 0)
      .map((code) => [code, parserError(code, "said", []).exit]);

    expect(Object.fromEntries(exits)).toEqual({ "-10": 1, "-5": 2, "-4": 2, "-3": 1, "-2": 1, "-1": 1 });
  });
});
