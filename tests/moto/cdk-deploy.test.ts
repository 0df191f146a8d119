import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { FUNCTIONS } from "../../src/lambda/functions.ts";
import { folder } from "../cli/process.ts";
import { describeMoto } from "./describe-moto.ts";
import { isolated } from "./isolation.ts";
import { useMoto } from "./use-moto.ts";

const HERE = "eu-west-1";
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LISTENER = `arn:aws:elasticloadbalancing:${HERE}:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const PRIMARY = `arn:aws:elasticloadbalancing:${HERE}:123456789012:targetgroup/web/73e2d6bc24d8a067`;
const CONTEXT = {
  reaper: "true",
  loadShedder: "true",
  listener: LISTENER,
  primary: PRIMARY,
  schedule: "true",
  selection: '{"tag":["env=dev"]}',
  pauseAt: "cron(0 19 ? * MON-FRI *)",
  staySafe: "true",
  snapshotWatch: "true",
  // moto finds no export of another stack: a bucket that is there is one that all of them are given.
  bucket: "keel-store",
};

describeMoto("the stacks deployed by the CDK's own command line", () => {
  const moto = useMoto({ strict: true, region: HERE });
  const out = folder();

  test("cdk deploy makes every function, with the code that was built", async () => {
    const cdk = async (...args: readonly string[]) => {
      // By that name moto knows the address of a template for one of its own.
      const env = isolated({
        AWS_ENDPOINT_URL: moto.url.replace("127.0.0.1", "localhost"),
        AWS_REGION: HERE,
        HOME: out,
        CDK_DISABLE_CLI_TELEMETRY: "true",
      });
      const all = ["cdk", ...args, "--output", out, "--no-notices", "--ci"];
      return promisify(execFile)("npx", all, { cwd: ROOT, env, maxBuffer: 1 << 26 });
    };
    await moto.aws.call(
      `s3api create-bucket --bucket ${CONTEXT.bucket} --create-bucket-configuration LocationConstraint=${HERE}`,
    );
    const context = Object.entries(CONTEXT).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    await cdk("bootstrap", ...context);
    await cdk("deploy", "--all", "--require-approval", "never", ...context);

    const made = (await moto.aws.call(
      "lambda list-functions --query Functions[].[Description,Handler,CodeSize]",
    )) as readonly (readonly [string, string, number])[];
    const briefs = Object.entries(FUNCTIONS).map(([name, { brief }]) => `Evenkeel's ${name}: ${brief}`);
    const ours = made.filter(([description]) => briefs.includes(description));
    expect(ours.map(([description]) => description).sort()).toEqual(briefs.sort());
    for (const [description, handler, size] of ours) {
      expect(handler, description).toBe("index.handler");
      expect(size, description).toBeGreaterThan(100_000);
    }
  });
});
