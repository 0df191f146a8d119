import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ROOT } from "../commands.ts";
import { completionScript } from "./scripts.ts";
import { completed } from "./words.ts";

const WORDS = completed(ROOT, { types: ["compute", "ec2:instance"] });
const folder = mkdtempSync(join(tmpdir(), "evenkeel-completion-"));
const file = join(folder, "evenkeel.bash");
writeFileSync(file, completionScript("bash", WORDS));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a real bash offers behind this line, as if the tabulator had been pressed at its end. */
function offered(line: string): string[] {
  const script = `
    source ${file}
    COMP_LINE=${JSON.stringify(line)}
    COMP_WORDS=(${line}${line.endsWith(" ") ? ' ""' : ""})
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _evenkeel
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8" }).split("\n").filter(Boolean);
}

describe("the bash completion", () => {
  it("is valid bash", () => {
    expect(() => execFileSync("bash", ["-n", file])).not.toThrow();
  });

  it("offers the commands, and not the hidden one", () => {
    expect(offered("evenkeel ")).toEqual(Object.keys(ROOT.commands).filter((name) => name !== "home"));
    expect(offered("evenkeel sn")).toEqual(["snapshot"]);
  });

  it("offers what stands below a group", () => {
    expect(offered("evenkeel snapshot s")).toEqual(["show", "set-active"]);
  });

  it("looks past options and their values", () => {
    expect(offered("evenkeel --profile delta snapshot e")).toEqual(["export"]);
    expect(offered("evenkeel --quiet snapshot e")).toEqual(["export"]);
  });

  it("offers the options of a command, and the global ones", () => {
    expect(offered("evenkeel delta --s")).toEqual(["--snapshot", "--since", "--store"]);
    expect(offered("evenkeel snapshot show monday --no-")).toEqual(["--no-color", "--no-input"]);
    expect(offered("evenkeel snapshot create --no-")).toContain("--no-set-active");
  });

  it("offers the values that an option has, the command's own formats included", () => {
    expect(offered("evenkeel delta --change m")).toEqual(["modified"]);
    expect(offered("evenkeel delta --output s")).toEqual(["sarif"]);
    expect(offered("evenkeel types -o ")).toEqual(["table", "json", "yaml", "csv"]);
    expect(offered("evenkeel snapshot create --type c")).toEqual(["compute"]);
  });

  it("offers the words that an argument can be", () => {
    expect(offered("evenkeel completion z")).toEqual(["zsh"]);
  });

  it("offers nothing of its own for a value that can't be foreseen", () => {
    expect(offered("evenkeel delta --snapshot ")).toEqual([]);
  });
});

describe("the other shells' completion", () => {
  it.each(["zsh", "fish"] as const)("names every command and option: %s", (shell) => {
    const script = completionScript(shell, WORDS);

    for (const { path, options } of WORDS.commands) {
      expect(script).toContain(path.join(" "));
      for (const { names } of options) expect(script).toContain((names[0] ?? "").slice(2));
    }
  });

  it("quotes what the shells would take for their own", () => {
    expect(completionScript("fish", WORDS)).toContain("AWS\\'s rate limits");
    expect(completionScript("zsh", WORDS)).toContain("AWS'\\''s rate limits");
  });
});
