/**
 * Runs a named job as the only command after a fresh clone: installs what is missing first, says what it does, stops at the
 * first step that fails. Plain JavaScript, because nothing is installed when it starts.
 */
import { spawn, spawnSync } from "node:child_process";
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

/** The static checks leave a core idle half of the time; tests beside them use it. */
const BESIDE = { check: CHECKS };

const JOBS = {
  check: [["unit tests", bin("vitest"), "run", "--project", "quick"]],
  // `quick` is a share of `unit`.
  test: [
    ...CHECKS,
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
  ],
  simulate: [["histories", ...tsx("scripts/simulate.ts")]],
};

function say(text) {
  process.stderr.write(`\n== ${text}\n`);
}

function run(title, command, ...args) {
  say(title);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (error) process.stderr.write(`${error.message}\n`);
  if (status !== 0) {
    process.stderr.write(`\n${title}: failed\n`);
    process.exit(status ?? 1);
  }
}

/** Children that are under way side by side. */
const running = new Set();

/** Ends whatever goes on beside what has failed. */
function fail(title, status) {
  for (const child of running) child.kill();
  process.stderr.write(`\n${title}: failed\n`);
  process.exit(status ?? 1);
}

/** The same beside others: what it says is told when it has ended, so that nothing is mixed. */
function runBeside(title, command, ...args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    running.add(child);
    child.on("error", ({ message }) => said.push(`${message}\n`));
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
    child.on("close", (status) => {
      running.delete(child);
      say(title);
      for (const each of said) process.stderr.write(each);
      if (status !== 0) fail(title, status);
      resolve();
    });
  });
}

async function runAllBeside(steps) {
  for (const step of steps) await runBeside(...step);
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
if (!installed()) run("installing the pinned packages (npm ci)", "npm", "ci", "--no-audit", "--no-fund");
const steps = job.with(-1, [...job.at(-1), ...rest]);
const beside = BESIDE[name];
if (beside) await Promise.all([runAllBeside(beside), runAllBeside(steps)]);
else for (const step of steps) run(...step);
