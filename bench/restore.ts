/**
 * The same account, made by awscli on a strict moto, emptied down to what stood before: by one `evenkeel restore`, and by
 * Debian's aws-nuke. Both see 127.0.0.1 only. aws-nuke has no baseline: it is given by name, as filters, what its own dry run
 * lists before anything is added. Buckets are left out for both, because aws-nuke calls them by host names, which do not
 * resolve on this machine. Usage: tsx bench/restore.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Facts } from "../src/catalog/contract.ts";
import { FACTS } from "../src/catalog/registry.ts";
import { awscli } from "../tests/moto/awscli.ts";
import { isChange, type JournalLine, readJournal } from "../tests/moto/journal.ts";
import { awscliListing } from "../tests/moto/listing.ts";
import type { Made } from "../tests/moto/made.ts";
import { addMore } from "../tests/moto/restore/added.ts";
import { makeBaseline } from "../tests/moto/restore/baseline.ts";
import { seedAccount } from "../tests/moto/seed.ts";
import { type MotoServer, startMoto } from "../tests/moto/server.ts";
import { type Ended, environment, listed, nuke, program } from "./restore-tools.ts";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const HERE = "eu-west-1";
const HOLD_DATA = FACTS.filter(({ removal }: Facts) => removal?.holdsData).map(({ short }) => short);
const LIMITS = [
  "--include-undated",
  "--allow-data",
  HOLD_DATA.join(","),
  "--max-share",
  "100",
  "--max-removals",
  "200",
];
const YES = ["--yes", "--account", "123456789012", "--exclude-type", "s3:bucket", "--output", "json"];

interface Trial {
  readonly moto: MotoServer;
  readonly home: string;
  /** What is run before anything is added, and what is measured. */
  readonly before: () => Promise<void>;
  readonly measured: () => Promise<Ended & { readonly rounds: number }>;
}

async function withEvenkeel(moto: MotoServer, home: string): Promise<Trial> {
  const env = environment({ AWS_ENDPOINT_URL: moto.url, HOME: home, EVENKEEL_STORE: `file:${home}/store` });
  const evenkeel = (...args: string[]) => program(process.execPath, [MAIN, ...args, "--regions", HERE], env);
  return {
    moto,
    home,
    before: async () => {
      const { code, stderr } = await evenkeel("snapshot", "create", "baseline");
      if (code !== 0) throw new Error(stderr);
    },
    measured: async () => ({ ...(await evenkeel("restore", ...LIMITS, ...YES)), rounds: 1 }),
  };
}

async function withNuke(moto: MotoServer, home: string): Promise<Trial> {
  let filters: ReturnType<typeof listed> = {};
  return {
    moto,
    home,
    before: async () => {
      filters = listed((await nuke({ url: moto.url, home, region: HERE, filters, dryRun: true })).stdout);
    },
    measured: async () => {
      const ended = await nuke({ url: moto.url, home, region: HERE, filters, dryRun: false });
      return { ...ended, rounds: ended.stdout.match(/^Removal requested: /gm)?.length ?? 0 };
    },
  };
}

async function measure(name: string, make: (moto: MotoServer, home: string) => Promise<Trial>) {
  const home = mkdtempSync(join(tmpdir(), "evenkeel-bench-"));
  const journal = join(home, "journal");
  const moto = await startMoto({ strict: true, journal });
  try {
    const trial = await make(moto, home);
    // aws-nuke demands one.
    await awscli(moto.url, HERE, "iam", "create-account-alias", "--account-alias", "bench");
    const baseline = await makeBaseline(moto.url, HERE);
    const stood = await everything(moto.url);
    await trial.before();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await seedAccount(moto.url, [HERE]);
    await addMore(moto.url, HERE, baseline);
    const full = await everything(moto.url);
    const from = readJournal(journal).length;
    const began = performance.now();
    const { code, rounds } = await trial.measured();
    const seconds = (performance.now() - began) / 1000;
    const calls = readJournal(journal, from);
    tell(name, { code, rounds, seconds, calls, stood, full, now: await everything(moto.url) });
  } finally {
    await moto.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

interface Result {
  readonly code: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly calls: readonly JournalLine[];
  readonly stood: readonly Made[];
  readonly full: readonly Made[];
  readonly now: readonly Made[];
}

function tell(name: string, { code, rounds, seconds, calls, stood, full, now }: Result): void {
  const keyOf = ({ type, id }: Made) => `${type} ${id}`;
  const [was, is] = [stood, now].map((all) => new Set(all.map(keyOf)));
  const added = full.filter((one) => !was?.has(keyOf(one)));
  const left = added.filter((one) => is?.has(keyOf(one)));
  const lost = stood.filter((one) => !is?.has(keyOf(one)));
  const changes = calls.filter(isChange);
  const refused = changes.filter(({ status }) => status >= 400);
  const codes = new Map<string, number>();
  for (const { operation, error } of refused) {
    const key = `${operation} ${error}`;
    codes.set(key, (codes.get(key) ?? 0) + 1);
  }
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print(
    `${name}: exit ${code}, ${added.length} added, ${left.length} left, ${lost.length} lost of ${stood.length}; ${calls.length} requests, ${changes.length} of them changes, ${refused.length} of these refused; ${rounds} rounds, ${seconds.toFixed(0)} s`,
  );
  for (const [key, count] of [...codes].sort((a, b) => b[1] - a[1])) print(`  refused ${count}: ${key}`);
  if (left.length > 0) print(`  left: ${left.map(keyOf).join(", ")}`);
  if (lost.length > 0) print(`  lost: ${lost.map(keyOf).join(", ")}`);
}

async function everything(url: string): Promise<readonly Made[]> {
  const all = await Promise.all(["global", HERE].map((region) => awscliListing(url, region)));
  return all.flat().filter(({ type }) => type !== "AWS::S3::Bucket");
}

await measure("evenkeel", withEvenkeel);
await measure("aws-nuke", withNuke);
process.exit(0);
