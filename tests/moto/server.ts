/** One moto server for one test file. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isolated } from "./isolation.ts";
import { ensureMoto } from "./venv.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** What moto needs to be told to look like an account of one's own; see https://docs.getmoto.org. */
const SETTINGS = {
  // Else 1,177 public images whose snapshots count as the account's own.
  MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
  // Else a host name such as localhost.example is read as a bucket.
  S3_IGNORE_SUBDOMAIN_BUCKETNAME: "true",
  MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
  // Else a listing crashes in regions for which its boto3 knows no endpoint of the service.
  MOTO_ALLOW_NONEXISTENT_REGION: "true",
  PYTHONPATH: HERE,
  PYTHONHASHSEED: "0",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONUNBUFFERED: "1",
};

export interface MotoServer {
  readonly url: string;
  /** An empty account again. Ids follow from the calls that a server has answered: the same in every run of a test file. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface MotoOptions {
  /** Adds the refusals and the paging that AWS has and plain moto lacks. */
  readonly strict: boolean;
  /** A file for a line of each call and its answer; only a strict server writes one. */
  readonly journal?: string;
}

/**
 * Starts a server on a free port of 127.0.0.1 and waits until it answers.
 * @throws Error when the environment is missing or the server dies at its start
 */
export async function startMoto({ strict, journal }: MotoOptions): Promise<MotoServer> {
  const venv = await ensureMoto();
  if ("missing" in venv) throw new Error(venv.missing);
  const flags = [...(strict ? [] : ["--plain"]), ...(journal ? ["--journal", journal] : [])];
  const child = spawn(venv.python, ["-m", "strict", ...flags], {
    cwd: HERE,
    env: isolated(SETTINGS),
    // The server ends when its stdin closes, so it cannot outlive this process.
    stdio: ["pipe", "pipe", "pipe"],
  });
  const url = `http://127.0.0.1:${await portOf(child)}`;
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const server = { url, reset: () => reset(url), stop: () => stop(child, kill) };
  await server.reset();
  return server;
}

async function portOf(child: ChildProcess): Promise<number> {
  let complaints = "";
  child.stderr?.on("data", (text: Buffer) => {
    complaints = (complaints + text.toString()).slice(-4000);
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const died = once(child, "exit").then(() => undefined);
  const line = await Promise.race([once(lines, "line").then(([text]) => String(text)), died]);
  if (line === undefined) throw new Error(`moto did not start: ${complaints}`);
  return (JSON.parse(line) as { port: number }).port;
}

async function reset(url: string): Promise<void> {
  const functionsWithoutDocker = JSON.stringify({ lambda: { use_docker: false } });
  await post(`${url}/moto-api/config`, functionsWithoutDocker);
  // Twice, as a reset makes default networks anew, and their ids are random too.
  await post(`${url}/moto-api/seed?a=42`);
  await post(`${url}/moto-api/reset`);
  await post(`${url}/moto-api/seed?a=42`);
}

async function post(address: string, body = ""): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(address, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
}

async function stop(child: ChildProcess, kill: () => void): Promise<void> {
  process.off("exit", kill);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  kill();
  await ended;
}
