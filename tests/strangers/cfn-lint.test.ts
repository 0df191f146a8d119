import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { ensureMoto } from "../moto/venv.ts";

const FOLDER = fileURLToPath(new URL("../../templates/", import.meta.url));

/** AWS's own linter, which checks against the schemas of CloudFormation; it comes along with moto. */
it("finds nothing in the templates", async ({ skip }) => {
  const venv = await ensureMoto();
  if ("missing" in venv) {
    if (process.env.CI === "true") throw new Error(venv.missing);
    return skip(venv.missing);
  }
  const templates = readdirSync(FOLDER).map((name) => join(FOLDER, name));
  const lint = join(dirname(venv.python), "cfn-lint");
  const { stdout } = await promisify(execFile)(lint, ["--format", "parseable", ...templates]).catch(
    (error: { readonly stdout: string }) => error,
  );

  expect(templates.length).toBeGreaterThan(0);
  expect(stdout).toBe("");
});
