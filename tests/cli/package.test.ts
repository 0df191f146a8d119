import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { cliTrial, folder } from "./process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

it("packs into a tarball that installs and runs in an empty folder", async () => {
  const trial = await cliTrial();
  const place = folder();
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", place], { cwd: ROOT, encoding: "utf8" });
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  execFileSync("npm", ["init", "--yes"], { cwd: place });
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", join(place, filename)], { cwd: place });
  // Not synchronously: the account that it calls is served by this very process.
  const call = async (name: string, ...args: string[]) => {
    const program = join(place, "node_modules/.bin", name);
    return (await promisify(execFile)(program, args, { cwd: place, env: trial.env })).stdout;
  };
  const evenkeel = (...args: string[]) => call("evenkeel", ...args);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };

  expect(await evenkeel("--version")).toContain(version);
  expect(await evenkeel("snapshot", "create", "packed", "--type", "iam:role", "--output", "json")).toContain(
    '"packed"',
  );
  expect(await call("aws-hit-breaks", "--version")).toContain(version);
  expect(await call("aws-hit-breaks", "--help")).toContain("evenkeel brake [OPTIONS]");
  expect(await call("aws-hit-breaks", "--dry-run", "--region", "eu-west-1")).toContain("bastion");
  expect(files.some(({ path }) => path.startsWith("src/") || path.startsWith("tests/"))).toBe(false);
});
