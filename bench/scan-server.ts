/** The other process of the scan benchmark: the twin with AWS's token buckets and a latency. Prints its address, then statistics on demand. */
import { createInterface } from "node:readline";
import { systemClock } from "../src/io/system-clock.ts";
import { createTwin } from "../src/twin/twin.ts";
import { startServer } from "../src/twin/wire/server.ts";
import { scanWorld } from "./scan-world.ts";

const twin = createTwin({
  world: await scanWorld(process.argv[3] === "even" ? "even" : "skewed"),
  clock: systemClock,
  latencyMs: Number(process.argv[2] ?? 50),
  throttle: true,
});
const server = await startServer(twin, { port: 0 });
process.stdout.write(`${server.url}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  if (line === "log") {
    process.stdout.write(
      `${JSON.stringify(twin.log.map(({ input, ...call }) => ({ ...call, paged: "MaxResults" in input || "Filters" in input })))}\n`,
    );
    twin.log.length = 0;
  }
  if (line === "stop") break;
}
await server.close();
process.exit(0);
