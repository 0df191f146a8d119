/** The ready templates, deployed with the code of the build as docs/serverless.md says. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";
import { FUNCTIONS } from "../../../src/lambda/functions.ts";
import type { Aws } from "../awscli.ts";
import { ensureMoto } from "../venv.ts";

type Cli = Pick<Aws, "call" | "text">;

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
export const CODE = "evenkeel-code";

/** A function's built bundle. */
export const bundle = (name: string) => join(ROOT, "dist", "lambda", name, "index.mjs");

/** Puts the zip files of all functions into a bucket. @returns Lambda's `CodeSha256` by function */
export async function uploadCode(aws: Cli, folder: string): Promise<Readonly<Record<string, string>>> {
  const venv = await ensureMoto();
  if ("missing" in venv) throw new Error(venv.missing);
  await aws.call(`s3api create-bucket --bucket ${CODE} --create-bucket-configuration LocationConstraint=eu-west-1`);
  const sums: Record<string, string> = {};
  for (const name of Object.keys(FUNCTIONS)) {
    const zip = join(folder, `${name}.zip`);
    await run(venv.python, ["-m", "zipfile", "-c", zip, bundle(name)]);
    await aws.call(`s3api put-object --bucket ${CODE} --key evenkeel/${name}.zip --body`, zip);
    sums[name] = createHash("sha256").update(readFileSync(zip)).digest("base64");
  }
  return sums;
}

interface Resource {
  readonly ResourceType: string;
  readonly LogicalResourceId?: string;
  readonly PhysicalResourceId?: string;
}

/** A stack as awscli describes it. */
export interface Stack {
  /** Names or ARNs, as CloudFormation calls them, of a type's resources. */
  of(type: string): readonly string[];
  /** The same of the one whose logical id ends so. */
  the(type: string, ending?: string): string;
  /** Types of what stands in the template and is not there. */
  readonly absent: readonly string[];
}

export async function deploy(aws: Cli, template: string, parameters: Readonly<Record<string, string>>): Promise<Stack> {
  const body = readFileSync(join(ROOT, "templates", `${template}.yaml`), "utf8");
  const name = `keel-${template}`;
  await aws.call(
    `cloudformation create-stack --stack-name ${name} --capabilities CAPABILITY_IAM --template-body`,
    body,
    "--parameters",
    Object.entries({ CodeBucket: CODE, ...parameters }).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
  );
  const made = (await aws.call(
    `cloudformation describe-stack-resources --stack-name ${name} --query StackResources[]`,
  )) as readonly Resource[];
  const { Resources } = parse(body, { logLevel: "error" }) as {
    readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
  };
  const there = new Set(made.map(({ LogicalResourceId }) => LogicalResourceId));
  const ofType = (type: string, ending = "") =>
    made
      .filter((each) => each.ResourceType === type && each.LogicalResourceId?.endsWith(ending))
      .map(({ PhysicalResourceId = "" }) => PhysicalResourceId);
  return {
    of: (type) => ofType(type),
    the(type, ending) {
      const [one, ...more] = ofType(type, ending);
      if (one === undefined || more.length > 0) throw new Error(`${name} has not just one ${type} ${ending ?? ""}`);
      return one;
    },
    absent: Object.entries(Resources).flatMap(([id, { Type }]) => (there.has(id) ? [] : [Type])),
  };
}
