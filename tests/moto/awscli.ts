/** awscli as the tests use it: with dummy credentials, no configuration files, and 127.0.0.1 as its only address. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isolated } from "./isolation.ts";
import { ensureMoto, type Venv } from "./venv.ts";

const run = promisify(execFile);
const BATCH = fileURLToPath(new URL("awscli_batch.py", import.meta.url));

/** An argument of awscli; an object is passed as its JSON. */
export type Argument = string | number | object;

/** One long-lived awscli, ten times faster than one process a call. Calls run one after the other, in the order they came. */
export interface Aws {
  /** The answer of a command such as `ec2 describe-vpcs`, split at its spaces; `args` follow as they are. */
  call(command: string, ...args: readonly Argument[]): Promise<unknown>;
  /** The one string that the command's `--query` asks for. */
  text(command: string, ...args: readonly Argument[]): Promise<string>;
  close(): Promise<void>;
}

/** What a failing awscli printed, `An error occurred (DependencyViolation) when calling ...`. */
export class AwscliError extends Error {
  override readonly name = "AwscliError";
  /** The API's error code, or nothing where awscli failed by itself. */
  readonly code: string | undefined;

  constructor(command: string, stderr: string) {
    super(`aws ${command}: ${stderr.trim()}`);
    this.code = /An error occurred \(([^)]+)\)/.exec(stderr)?.[1];
  }
}

/** One call in a process of its own; the parsed answer, or the text where it is not JSON. */
export async function awscli(url: string, region: string, ...args: readonly Argument[]): Promise<unknown> {
  const { aws } = await venv();
  const words = [...args.map(wordOf), ...addressOf(url, region)];
  try {
    const { stdout } = await run(aws, words, { env: environment(url), maxBuffer: 1 << 26 });
    return parsed(stdout);
  } catch (error) {
    throw new AwscliError(words.join(" "), String((error as { stderr?: string }).stderr ?? error));
  }
}

/** Opens an awscli that stays; close it after use. */
export async function openAws(url: string, region: string): Promise<Aws> {
  const { python } = await venv();
  const child = spawn(python, [BATCH], { env: environment(url), stdio: ["pipe", "pipe", "inherit"] });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  child.on("exit", (code) => {
    for (const answer of waiting.splice(0)) answer(JSON.stringify({ code: 1, err: `awscli ended with ${code}` }));
  });

  async function call(command: string, ...args: readonly Argument[]): Promise<unknown> {
    const words = [...command.split(" "), ...args.map(wordOf), ...addressOf(url, region)];
    const line = await new Promise<string>((resolve) => {
      waiting.push(resolve);
      child.stdin.write(`${JSON.stringify(words)}\n`);
    });
    const { code, out, err } = JSON.parse(line) as { code: number; out: string; err: string };
    if (code !== 0) throw new AwscliError(words.join(" "), err);
    return parsed(out);
  }

  return {
    call,
    text: async (command, ...args) => textOf(command, await call(command, ...args)),
    close: async () => {
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
    },
  };
}

async function venv(): Promise<Venv> {
  const found = await ensureMoto();
  if ("missing" in found) throw new Error(found.missing);
  return found;
}

/**
 * The endpoint is said on the command line too: for rds and docdb in us-east-1, and sqs in some regions, awscli 1 goes to
 * the host names of old in spite of AWS_ENDPOINT_URL (awscli/customizations/overridesslcommonname.py).
 */
function addressOf(url: string, region: string): readonly string[] {
  return ["--region", region, "--endpoint-url", url];
}

/** Nothing of the caller's environment is passed on: a profile or an endpoint set there could lead to a real account. */
function environment(url: string): NodeJS.ProcessEnv {
  if (!["127.0.0.1", "localhost"].includes(new URL(url).hostname)) throw new Error(`not a local emulator: ${url}`);
  return isolated({ AWS_ENDPOINT_URL: url, AWS_DEFAULT_OUTPUT: "json", AWS_MAX_ATTEMPTS: "1" });
}

function wordOf(argument: Argument): string {
  return typeof argument === "object" ? JSON.stringify(argument) : String(argument);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}

function textOf(command: string, answer: unknown): string {
  if (typeof answer === "string" && answer !== "") return answer;
  throw new Error(`aws ${command} answered no text: ${JSON.stringify(answer)}`);
}
