/**
 * Runs a named job as the only command after a fresh clone: installs what is missing first, says what it does, stops at the
 * first step that fails. Plain JavaScript, because nothing is installed when it starts.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name) => `${root}node_modules/.bin/${name}`;
const node = process.execPath;
const tsx = (file, ...rest) => [node, "--import", "tsx", file, ...rest];

const CHECKS = [
  ["format and lint", bin("biome"), "check", "--error-on-warnings"],
  ["promises and switches", bin("oxlint"), "--type-aware", "--deny-warnings"],
  ["registry is fresh", ...tsx("scripts/generate-registry.ts", "--check")],
  ["tables in docs are fresh", ...tsx("scripts/generate-docs.ts", "--check")],
  ["types", bin("tsc"), "-p", "."],
  ["walls", ...tsx("scripts/walls.ts")],
  ["dead code", bin("knip")],
];

const BUILD = ["build", ...tsx("scripts/build.ts")];
/** After the build, which makes the folder anew; nothing that runs needs them. */
const TYPES = ["types of evenkeel/cdk", ...tsx("scripts/build-types.ts")];

/** Done beside a job's last step: the static checks leave a core idle half of the time. */
const BESIDE = { check: CHECKS, test: CHECKS };

/** Keeps what vitest has made of each file, by its content; for the run that is made all day, while `test` makes all anew. */
const CACHED = "--experimental.fsModuleCache";

const JOBS = {
  check: [["unit tests", bin("vitest"), "run", "--project", "quick", CACHED]],
  // `quick` is a share of `unit`.
  test: [
    BUILD,
    TYPES,
    ["package", bin("publint"), "--strict"],
    ["all tests", bin("vitest"), "run", "--project", "!quick"],
  ],
  demo: [BUILD, ["demo", node, "dist/main.js", "demo"]],
  build: [BUILD, TYPES],
  bench: [
    BUILD,
    ["bench: start-up", ...tsx("bench/startup.ts")],
    ["bench: functions", ...tsx("bench/lambda.ts")],
    ["bench: delta", ...tsx("bench/delta.ts")],
    ["bench: scan", ...tsx("bench/scan.ts")],
    ["bench: apply", ...tsx("bench/apply.ts")],
    ["bench: restore", ...tsx("bench/restore.ts")],
    ["bench: cost", ...tsx("bench/cost.ts")],
  ],
  simulate: [["histories", ...tsx("scripts/simulate.ts")]],
};

function say(text) {
  process.stderr.write(`\n== ${text}\n`);
}

/** Children that are under way side by side. */
const running = new Set();

/** Ends whatever goes on beside what has failed. */
function fail(title, status) {
  for (const child of running) child.kill();
  process.stderr.write(`\n${title}: failed\n`);
  process.exit(status ?? 1);
}

/** Resolves to the exit status. @param said gathers what is piped, and why it could not be started */
function ended(command, args, stdio, said) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio });
    running.add(child);
    child.on("error", ({ message }) => said.push(`${message}\n`));
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => said.push(chunk));
    child.on("close", (status) => {
      running.delete(child);
      resolve(status);
    });
  });
}

async function run(title, command, ...args) {
  say(title);
  const said = [];
  const status = await ended(command, args, "inherit", said);
  for (const each of said) process.stderr.write(each);
  if (status !== 0) fail(title, status);
}

/** The same beside others: what it says is told when it has ended, so that it stays together. */
async function runBeside(title, command, ...args) {
  const said = [];
  const status = await ended(command, args, ["ignore", "pipe", "pipe"], said);
  say(title);
  for (const each of said) process.stderr.write(each);
  if (status !== 0) fail(title, status);
}

/** npm writes what it installed beside the packages; a lock file that differs from it has not been installed yet. */
function installed() {
  const record = `${root}node_modules/.package-lock.json`;
  if (!existsSync(record)) return false;
  const has = JSON.parse(readFileSync(record, "utf8")).packages;
  const wants = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8")).packages;
  return Object.entries(wants).every(
    ([path, want]) => path === "" || want.optional || has[path]?.version === want.version,
  );
}

const [name, ...rest] = process.argv.slice(2);
const job = JOBS[name];
if (!job) {
  process.stderr.write(`usage: node scripts/run.mjs ${Object.keys(JOBS).join("|")}\n`);
  process.exit(2);
}
if (!installed()) await run("installing the pinned packages (npm ci)", "npm", "ci", "--no-audit", "--no-fund");
const steps = job.with(-1, [...job.at(-1), ...rest]);
const oneByOne = async (all, runOne) => {
  for (const step of all) await runOne(...step);
};
await oneByOne(steps.slice(0, -1), run);
await Promise.all([oneByOne(steps.slice(-1), run), oneByOne(BESIDE[name] ?? [], runBeside)]);
