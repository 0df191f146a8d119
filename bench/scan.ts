/**
 * Scan of 17 regions, all types, about 20,000 resources, against the twin in another process: 50 ms a call, AWS's token
 * buckets. Reports wall time over the bound that call count, latency and buckets (less the head-room) set, and the share
 * of throttled calls. Usage: tsx bench/scan.ts [RUNS]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { rateOf } from "../src/aws/rates/index.ts";
import { connect } from "../src/aws/session.ts";
import { scan } from "../src/engine/scan/scan.ts";
import { parseSelection } from "../src/engine/selection.ts";
import { memoryHost } from "../src/io/memory.ts";
import { systemClock } from "../src/io/system-clock.ts";
import { redactor } from "../src/model/redact.ts";
import type { Spread } from "./scan-world.ts";

const LATENCY_MS = 50;
process.env.AWS_ACCESS_KEY_ID = "AKIABENCH00000000000";
process.env.AWS_SECRET_ACCESS_KEY = "bench";
const RUNS = Number(process.argv[2] ?? 3);

interface ServerCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly paged: boolean;
  readonly error?: string;
}

/** The twin in its own process. */
interface Server {
  readonly url: string;
  /** What was called since it was last asked. */
  calls(): Promise<ServerCall[]>;
  stop(): Promise<unknown>;
}

async function startServer(spread: Spread): Promise<Server> {
  const script = fileURLToPath(new URL("scan-server.ts", import.meta.url));
  const args = ["--import", "tsx", script, String(LATENCY_MS), spread];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  return {
    url: await nextLine(),
    calls: async () => {
      child.stdin?.write("log\n");
      return JSON.parse(await nextLine()) as ServerCall[];
    },
    stop: () => {
      child.stdin?.write("stop\n");
      return once(child, "exit");
    },
  };
}

/** Seconds below which no scheduler can come with these calls, this latency and this share of AWS's buckets. */
function bound(calls: readonly ServerCall[], headRoom: number): { seconds: number; by: string } {
  const buckets = new Map<string, { count: number; capacity: number; refill: number }>();
  for (const call of calls) {
    const { key, size } = rateOf(call, call.paged ? { MaxResults: 1 } : {});
    const id = `${call.region} ${key}`;
    const capacity = Math.max(1, Math.ceil(size.capacity * (1 - headRoom)));
    const bucket = buckets.get(id) ?? { count: 0, capacity, refill: size.refill * (1 - headRoom) };
    bucket.count += 1;
    buckets.set(id, bucket);
  }
  const times = [...buckets].map(([by, { count, capacity, refill }]) => ({
    by,
    seconds: Math.max(0, count - capacity) / refill + LATENCY_MS / 1000,
  }));
  return times.sort((a, b) => b.seconds - a.seconds)[0] ?? { seconds: 0, by: "nothing" };
}

async function run(server: Server, headRoom: number) {
  await server.calls();
  const { signal } = new AbortController();
  const connection = await connect({ clock: systemClock, signal, endpoint: server.url, region: "us-east-1", headRoom });
  const selection = parseSelection({})(await connection.enabledRegions());
  const redact = redactor(Buffer.from("bench"));
  const cpu = process.cpuUsage();
  const started = performance.now();
  const seen = await scan({ connection, selection, redact, host: memoryHost(), clock: systemClock, signal });
  const wall = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const missing = seen.coverage.filter((cell) => cell.status !== "complete");
  if (missing.length > 0) throw new Error(`incomplete: ${JSON.stringify(missing.slice(0, 3))}`);
  const calls = await server.calls();
  const isThrottled = ({ error }: ServerCall) => /Throttl|RequestLimit/.test(error ?? "");
  const throttled = calls.filter(isThrottled).length;
  // "Not found" is an answer like any other (a function without a policy); a throttled call comes again.
  const least = bound(
    calls.filter((call) => !isThrottled(call)),
    headRoom,
  );
  return { wall, cpu: (user + system) / 1e6, resources: seen.resources.length, calls: calls.length, throttled, least };
}

const COLUMNS = [
  "spread",
  "head-room",
  "resources",
  "calls",
  "throttled",
  "cpu s",
  "wall s",
  "bound s",
  "ratio",
  "bound set by",
];
const print = (cells: readonly string[]) => process.stdout.write(`${cells.map((cell) => cell.padEnd(10)).join(" ")}\n`);

print(COLUMNS);
for (const spread of ["skewed", "even"] as const) {
  const server = await startServer(spread);
  for (const headRoom of [0.5, 0.25])
    for (let i = 0; i < RUNS; i++) {
      const { wall, cpu, resources, calls, throttled, least } = await run(server, headRoom);
      const share = `${((100 * throttled) / calls).toFixed(2)} %`;
      const times = [cpu, wall, least.seconds, wall / least.seconds].map((each) => each.toFixed(2));
      print([spread, String(headRoom), String(resources), String(calls), share, ...times, least.by]);
    }
  await server.stop();
}
process.exit(0);
