import { expect, it } from "vitest";
import { arrange } from "./arguments.ts";
import { ROOT } from "./commands.ts";

const words = (line: string, bare: readonly string[] = []) => arrange(line === "" ? [] : line.split(" "), ROOT, bare);

it.each([
  ["--profile p whoami", "whoami --profile p"],
  ["--output=json whoami -q", "whoami -q --output=json"],
  ["snapshot --store s list --sort size", "snapshot list --sort size --store s"],
  ["help snapshot create", "snapshot create --help"],
  ["help", "--help"],
  ["help exit-codes", "help exit-codes"],
  ["--version", "--version"],
  ["snapshot show -- --odd", "snapshot show -- --odd"],
])("takes `%s` as `%s`", (line, arranged) => {
  expect(words(line).join(" ")).toBe(arranged);
});

it("takes a line without a command for the bare command, else for the help", () => {
  expect(words("", ["home"])).toEqual(["home"]);
  expect(words("--profile p", ["home"])).toEqual(["home", "--profile", "p"]);
  expect(words("")).toEqual(["--help"]);
});

it.each([
  ["whoami --quiet=true", "whoami --quiet"],
  ["whoami --quiet=false", "whoami --no-quiet"],
  ["whoami --no-color=true", "whoami --no-color"],
  ["whoami --no-color=false", "whoami --color"],
  ["snapshot create --no-set-active=false", "snapshot create --set-active"],
  ["whoami -q=true", "whoami --quiet"],
])("takes the switch of `%s` at its word", (line, arranged) => {
  expect(words(line).join(" ")).toBe(arranged);
});

it.each([
  "--quiet=yes",
  "--quiet=1",
  "--quiet=TRUE",
  "--yes=on",
  "--no-input=no",
  "--set-active=0",
  "-y=1",
  "--quiet=",
])("refuses %s, which could be meant either way", (word) => {
  expect(() => words(`snapshot create ${word}`)).toThrow(/exactly true or false|wants a value/);
});

it("leaves values of other options alone", () => {
  expect(words("snapshot create --tag=quiet=yes").join(" ")).toBe("snapshot create --tag=quiet=yes");
});
