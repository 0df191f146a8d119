/** Deployed functions, run as Lambda runs them: the bundle in a fresh process, with the function's own environment and role. */
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import type { FunctionName } from "../../../src/lambda/functions.ts";
import type { Aws } from "../awscli.ts";
import { enforced } from "../iam/enforced.ts";
import { isolated } from "../isolation.ts";
import { bundle } from "./stacks.ts";

/** What awscli says of a function. */
export interface Configuration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Runtime: string;
  readonly Handler: string;
  readonly Role: string;
  readonly Timeout: number;
  readonly CodeSha256: string;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

export async function configurationOf(aws: Pick<Aws, "call">, name: string): Promise<Configuration> {
  const found = (await aws.call(`lambda get-function-configuration --function-name ${name}`)) as Configuration;
  // moto keeps the numbers of a template's parameters as such.
  const texts = Object.entries(found.Environment.Variables).map(([key, value]) => [key, String(value)]);
  return { ...found, Environment: { Variables: Object.fromEntries(texts) } };
}

/** Runs it under its role, with IAM enforced. @returns its answer @throws Error with its log when it fails */
export async function invoke(
  { aws, url }: { readonly aws: Pick<Aws, "call">; readonly url: string },
  name: FunctionName,
  deployed: string,
  event: unknown,
): Promise<unknown> {
  const { Role, Handler, Timeout, Environment } = await configurationOf(aws, deployed);
  expect(Handler).toBe("index.handler");
  const { Credentials } = (await aws.call(
    `sts assume-role --role-session-name ${name} --role-arn ${Role}`,
  )) as Readonly<Record<"Credentials", Readonly<Record<"AccessKeyId" | "SecretAccessKey" | "SessionToken", string>>>>;
  // Source: Lambda developer guide, "Defined runtime environment variables".
  const env = isolated({
    ...Environment.Variables,
    AWS_REGION: "eu-west-1",
    AWS_LAMBDA_FUNCTION_NAME: deployed,
    AWS_LAMBDA_LOG_STREAM_NAME: `${deployed}/[$LATEST]${Date.now()}`,
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
    AWS_ENDPOINT_URL: url,
  });
  const context = `{awsRequestId:"1",functionName:"${deployed}",getRemainingTimeInMillis:()=>${Timeout * 1000}}`;
  const script = `const {handler}=await import("${pathToFileURL(bundle(name))}");
    process.stdout.write("\\nANSWER "+JSON.stringify(await handler(${JSON.stringify(event)},${context}))+"\\n");`;
  const { code, output } = await enforced(url, () => node(script, env));
  const answer = /^ANSWER (.*)$/m.exec(output)?.[1];
  if (code !== 0 || answer === undefined) throw new Error(`${name} ended with ${code}:\n${output}`);
  return JSON.parse(answer);
}

function node(script: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ readonly code: number | null; readonly output: string }>((resolve) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { env, stdio: "pipe" });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
    child.on("close", (code) => resolve({ code, output: Buffer.concat(said).toString() }));
  });
}
