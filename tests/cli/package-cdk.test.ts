import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { FUNCTIONS } from "../../src/lambda/functions.ts";
import { folder } from "./process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HERE = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";

/** The example as people copy it; the ARNs are theirs to fill in. */
function example(): string {
  const page = readFileSync(join(ROOT, "docs/serverless.md"), "utf8");
  const code = /```ts\n([\s\S]+?)```/.exec(page)?.[1] ?? "";
  return `${code
    .replace("LISTENER_ARN", `"${HERE}:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2"`)
    .replace("TARGET_GROUP_ARN", `"${HERE}:targetgroup/web/73e2d6bc24d8a067"`)}
(stack.node.root as App).synth();
`;
}

/** An empty folder with the packed package in it, and its peers beside it, as npm would leave them. */
function installed(): { readonly place: string; readonly run: (...args: readonly string[]) => string } {
  const place = folder();
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: place, encoding: "utf8" });
    // The compiler tells what is wrong on stdout.
    if (status !== 0) throw new Error(stdout + stderr);
    return stdout;
  };
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", place], { cwd: ROOT, encoding: "utf8" });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  const modules = join(place, "node_modules");
  mkdirSync(join(modules, "@types"), { recursive: true });
  for (const peer of ["aws-cdk-lib", "constructs", "@types/node"])
    symlinkSync(join(ROOT, "node_modules", peer), join(modules, peer));
  execFileSync("tar", ["-xzf", join(place, filename), "-C", modules]);
  execFileSync("mv", [join(modules, "package"), join(modules, "evenkeel")]);
  writeFileSync(join(place, "package.json"), '{"type":"module"}');
  return { place, run };
}

it("is a library of constructs for whoever has aws-cdk-lib: the example of the page compiles and synthesises", () => {
  const { place, run } = installed();
  writeFileSync(join(place, "app.ts"), example());
  // Not with exact optional properties, which the types of aws-cdk-lib itself do not go with.
  const options = "--strict --module nodenext --target es2023 --types node app.ts";
  run(join(ROOT, "node_modules/typescript/bin/tsc"), ...options.split(" "));
  writeFileSync(join(place, "out.mjs"), 'process.env.CDK_OUTDIR = "cdk.out"; await import("./app.js");');
  run("out.mjs");

  const assembly = join(place, "cdk.out");
  const template = JSON.parse(readFileSync(join(assembly, "Evenkeel.template.json"), "utf8")) as {
    readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;
  };
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
  const ours = functions
    .map(({ Properties }) => Properties)
    .filter(({ Description = "" }) => /^Evenkeel/.test(Description));
  const names = ours.map(({ Description }) => /^Evenkeel's ([\w-]+):/.exec(Description ?? "")?.[1] ?? "");
  expect(names.sort()).toEqual(["pause", "resume", "shed-alarm", "shed-step", "stay-stopped"]);
  for (const { Description = "", Code } of ours) {
    const name = /^Evenkeel's ([\w-]+):/.exec(Description)?.[1] ?? "";
    const copied = readFileSync(join(assembly, `asset.${Code.S3Key.replace(/\.zip$/, "")}`, "index.mjs"));
    expect(copied.equals(readFileSync(join(place, "node_modules/evenkeel/dist/lambda", name, "index.mjs")))).toBe(true);
  }
});

it("has the bundle of every function, and the templates", () => {
  const { place } = installed();
  const at = (path: string) => existsSync(join(place, "node_modules/evenkeel", path));
  expect(Object.keys(FUNCTIONS).filter((name) => !at(`dist/lambda/${name}/index.mjs`))).toEqual([]);
  expect(["reaper", "schedule", "load-shedder"].filter((name) => !at(`templates/${name}.yaml`))).toEqual([]);
});

interface Properties {
  readonly Description?: string;
  readonly Code: { readonly S3Key: string };
}
