/**
 * Scan of 17 regions, all types, about 20,000 resources, against the twin in another process: 50 ms a call, AWS's token
 * buckets. Reports wall time over the bound that call count, latency and buckets (less the head-room) set, and the share
 * of throttled calls.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { rateOf } from "../src/aws/rates/index.ts";
import { connect } from "../src/aws/session.ts";
import { scan } from "../src/engine/scan/scan.ts";
import { parseSelection } from "../src/engine/selection.ts";
import { memoryHost } from "../src/io/memory.ts";
import { systemClock } from "../src/io/system-clock.ts";
import { redactor } from "../src/model/redact.ts";

const LATENCY_MS = 50;
const RUNS = Number(process.env.BENCH_RUNS ?? 3);

interface ServerCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly paged: boolean;
  readonly error?: string;
}

const child = spawn(process.execPath, ["--import", "tsx", new URL("scan-server.ts", import.meta.url).pathname, String(LATENCY_MS)], {
  stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
const nextLine = async () => String((await lines.next()).value);
const url = await nextLine();
process.env.AWS_ACCESS_KEY_ID = "AKIABENCH00000000000";
process.env.AWS_SECRET_ACCESS_KEY = "bench";

/** Seconds below which no scheduler can come with these calls, this latency and this share of AWS's buckets. */
function bound(calls: readonly ServerCall[], headRoom: number): { seconds: number; by: string } {
  const buckets = new Map<string, { count: number; capacity: number; refill: number }>();
  for (const call of calls) {
    const { key, size } = rateOf(call, call.paged ? { MaxResults: 1 } : {});
    const id = `${call.region} ${key}`;
    const bucket = buckets.get(id) ?? { count: 0, capacity: Math.max(1, Math.floor(size.capacity * (1 - headRoom))), refill: size.refill * (1 - headRoom) };
    bucket.count += 1;
    buckets.set(id, bucket);
  }
  const times = [...buckets].map(([by, { count, capacity, refill }]) => ({ by, seconds: Math.max(0, count - capacity) / refill + LATENCY_MS / 1000 }));
  return times.sort((a, b) => b.seconds - a.seconds)[0] ?? { seconds: 0, by: "nothing" };
}

async function run(headRoom: number) {
  child.stdin.write("log\n");
  await nextLine();
  const { signal } = new AbortController();
  const connection = await connect({ clock: systemClock, signal, endpoint: url, region: "us-east-1", headRoom });
  const selection = parseSelection({})(await connection.enabledRegions());
  const started = performance.now();
  const seen = await scan({ connection, selection, redact: redactor(Buffer.from("bench")), host: memoryHost(), clock: systemClock, signal });
  const wall = (performance.now() - started) / 1000;
  child.stdin.write("log\n");
  const calls = JSON.parse(await nextLine()) as ServerCall[];
  const missing = seen.coverage.filter((cell) => cell.status !== "complete");
  if (missing.length > 0) throw new Error(`incomplete: ${JSON.stringify(missing.slice(0, 3))}`);
  const throttled = calls.filter((call) => /Throttl|RequestLimit/.test(call.error ?? "")).length;
  const least = bound(calls.filter((call) => call.error === undefined), headRoom);
  return { headRoom, wall, resources: seen.resources.length, calls: calls.length, throttled, ...least, ratio: wall / least.seconds };
}

process.stdout.write("head-room  resources  calls  throttled  wall s  bound s  ratio  bound set by\n");
for (const headRoom of [0.5, 0.2])
  for (let i = 0; i < RUNS; i++) {
    const r = await run(headRoom);
    process.stdout.write(
      `${String(headRoom).padEnd(9)}  ${String(r.resources).padStart(9)}  ${String(r.calls).padStart(5)}  ${((100 * r.throttled) / r.calls).toFixed(2).padStart(7)} %  ${r.wall.toFixed(2).padStart(6)}  ${r.seconds.toFixed(2).padStart(7)}  ${r.ratio.toFixed(2).padStart(5)}  ${r.by}\n`,
    );
  }
child.stdin.write("stop\n");
process.exit(0);
