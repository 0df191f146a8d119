import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays, dayOf } from "../../model/calendar.ts";
import type { Clock } from "../../model/clock.ts";
import { EvenkeelError, EXIT, type ExitCode } from "../../model/errors.ts";
import { renderYaml } from "../../report/yaml.ts";
import { folderStore } from "../../store/folder.ts";
import { virtualClock } from "../../twin/clock.ts";
import { driftApart } from "../../twin/demo/drift.ts";
import { seedOf } from "../../twin/demo/seed.ts";
import { demoWorld } from "../../twin/demo/world.ts";
import { createTwin } from "../../twin/twin.ts";
import { startServer } from "../../twin/wire/server.ts";
import type { World } from "../../twin/world.ts";
import type { Action } from "../command.ts";
import type { Frame } from "../frame.ts";
import type { DEMO } from "./demo.command.ts";
import { demoOverload } from "./demo-overload.ts";

/**
 * The tour: a simulated account behind a real HTTP server on this machine, and this very program called on it as a
 * person would call it. Nothing leaves the machine and nothing of the person's own configuration is read.
 */
export const run: Action<typeof DEMO> = async (frame, { serve, port }) => {
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new EvenkeelError("USAGE", `--port can't be ${port}: it is a whole number from 0 to 65535`);
  const clock = hasty(frame.clock);
  const world = await demoWorld(new Date(clock.now()).toISOString());
  const twin = createTwin({ world, clock });
  const server = await startServer(twin, { port: port ?? 0 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    throw new EvenkeelError("USAGE", `port ${port} of 127.0.0.1 can't be used: it is taken, or not permitted`, {
      hint: "choose another with --port, or leave it out for any that is free",
    });
  });
  try {
    return serve ? await untilStopped(frame, server.url) : await tour(frame, server.url, world, clock.hurry);
  } finally {
    await server.close();
  }
};

async function untilStopped(frame: Frame, url: string): Promise<ExitCode> {
  await frame.output.write(`${url}\n`);
  frame.host.tell({
    kind: "info",
    text: `A simulated AWS account answers at ${url} until Ctrl-C. Any credentials do:`,
  });
  frame.host.tell({
    kind: "info",
    text: `  AWS_ENDPOINT_URL=${url} AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x evenkeel snapshot create`,
  });
  await new Promise<void>((resolve) => frame.signal.addEventListener("abort", () => resolve(), { once: true }));
  return EXIT.done;
}

async function tour(frame: Frame, url: string, world: World, hurry: () => void): Promise<ExitCode> {
  const store = await mkdtemp(join(tmpdir(), "evenkeel-demo-"));
  const call = (...args: string[]) => callSelf(frame, { url, store }, args);
  const account = Object.keys(world.accounts)[0] ?? "";
  try {
    await say(frame, "A made-up account of three regions answers as AWS would. First, take a baseline:");
    await call("snapshot", "create", "monday");
    await call("snapshot", "show", "monday", "--group-by", "region");
    const drift = await driftApart(seedOf(world, "eu-west-1", "", virtualClock(frame.clock.now())));
    await say(
      frame,
      `Then, while nobody looks, somebody:\n${drift.map(({ says }) => `  - ${says}`).join("\n")}\n\nWhat changed?`,
    );
    const code = await call("delta");
    await say(frame, "The same for a pipeline, which ends with exit code 7 when something changed:");
    const gate = await call(
      "delta",
      "--change",
      "modified",
      "--type",
      "identity",
      "--output",
      "markdown",
      "--exit-code",
    );
    await say(
      frame,
      `(exit code ${gate})\n\nWhat was spent in the two weeks before, and how much of it on what monday does not have? Cost Explorer is asked, at a cent a request:`,
    );
    const twoWeeksAgo = addDays(dayOf(frame.clock.now()), -14);
    const spent = await call("cost", "--start-date", twoWeeksAgo, "--group-by", "service");
    await say(frame, "What costs money, and is probably not needed?");
    const found = await call("findings");
    await say(
      frame,
      "The bill explodes. What runs, and what does it cost? Then hit the brakes: everything that has a stop, saving first what was there:",
    );
    hurry();
    await call("status", "--type", "compute");
    await call("snapshot", "create", "before", "--no-set-active");
    const paused = await call("pause", "--yes");
    await call("status", "--type", "compute", "--no-idle");
    await say(frame, "Put it back, and prove it: no property of anything is different from before.");
    const resumed = await call("resume", "--yes");
    const after = await call("delta", "--snapshot", "before", "--change", "modified", "--exit-code");
    await say(frame, "Failed Packer builds have left machines, keys and groups behind. Reap them:");
    const reaped = await call("reap", "--yes", "--account", account);
    await say(frame, "Then remove whatever else was not there on monday. First only the plan:");
    const limits = ["--include-undated", "--max-share", "100"];
    await call("restore", ...limits, "--dry-run");
    const restored = await call("restore", ...limits, "--yes", "--account", account);
    await say(frame, "Nothing is left that monday did not have:");
    const clean = await call("delta", "--change", "added", "--exit-code");
    await call("runs");
    const sheds = await overrun(frame, { world, store, call });
    await say(
      frame,
      "That was the tour; nothing left this machine. On an account of your own: evenkeel setup, then evenkeel status",
    );
    const codes = [code, gate, spent, found, paused, resumed, after, reaped, restored, clean, ...sheds];
    const wanted = [EXIT.done, EXIT.changes, ...Array<ExitCode>(codes.length - 2).fill(EXIT.done)];
    return codes.join() === wanted.join() ? EXIT.done : EXIT.failed;
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

/** An hour in the life of the balancer, drawn: too much load comes, is shed, and goes. */
async function overrun(
  frame: Frame,
  tour: {
    readonly world: World;
    readonly store: string;
    readonly call: (...args: string[]) => Promise<number>;
  },
): Promise<number[]> {
  const { world, call } = tour;
  const store = folderStore(tour.store);
  await say(
    frame,
    "Now more comes than the web fleet can serve. An hour of that, lived through in a moment. Half way:",
  );
  const incident = await demoOverload(frame, { world, store, minutes: 30 });
  await incident.run(30);
  await writeFile(join(tour.store, "evenkeel.yaml"), renderYaml({ shed: { listeners: { web: incident.parameters } } }));
  const half = await call("shed", "status");
  await say(frame, "Then it grows quiet, and all is given back step by step:");
  await incident.run(60);
  await frame.output.write(`\n${incident.picture()}`);
  const end = await call("shed", "status", "--log");
  return [half, end];
}

async function say(frame: Frame, text: string): Promise<void> {
  await frame.output.write(`\n${frame.paint("bold", text)}\n`);
}

/** Calls this program as a person would, with nothing of the surroundings but what a terminal needs. */
async function callSelf(
  frame: Frame,
  { url, store }: { readonly url: string; readonly store: string },
  args: readonly string[],
): Promise<number> {
  await frame.output.write(`\n${frame.paint("accent", `$ evenkeel ${args.join(" ")}`)}\n`);
  const { PATH, TERM, LANG, LC_ALL, NO_COLOR, COLUMNS } = process.env;
  const env = {
    ...{ PATH, TERM, LANG, LC_ALL, NO_COLOR, COLUMNS },
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "AKIADEMO000000000000",
    AWS_SECRET_ACCESS_KEY: "demo",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    EVENKEEL_STORE: `file:${store}`,
    HOME: store,
  };
  const program = process.argv[1] ?? "";
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], { env, stdio: "inherit", cwd: store });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? EXIT.failed));
  });
}

/** How much faster the simulated account's time goes once it is told to hurry: stopping takes seconds instead of minutes. */
const HASTE = 100;

/** The machine's time until it is told to hurry. */
function hasty({ now, sleep }: Clock): Clock & { hurry(): void } {
  let since: number | undefined;
  return {
    now: () => (since === undefined ? now() : since + (now() - since) * HASTE),
    sleep,
    hurry: () => {
      since = now();
    },
  };
}
