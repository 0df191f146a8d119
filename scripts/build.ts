/**
 * Bundles the command line into dist/ (or the folder that is named): one file to start with and chunks that load when a
 * command needs them, so that `--help` reads a few kilobytes. Beside it, in `lambda/`, one file for each function, and in `cdk/` the constructs.
 */
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleCdk } from "./cdk-bundle.ts";
import { bundleFunctions } from "./lambda-bundles.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = resolve(process.argv[2] ?? join(root, "dist"));
/** Beside the target, so that a rename puts it there whole: a command that is running meanwhile finds its chunks. */
const fresh = `${target}.${process.pid}`;
const stale = `${fresh}.old`;

/** CommonJS packages inside the bundle ask for Node's own modules with `require`, which ESM does not have. */
const REQUIRE = "const require=(name)=>process.getBuiltinModule(name);\n";
/** Stands in the one chunk that holds esbuild's stand-in for `require`. */
const STAND_IN = "Dynamic require of";

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/cli/main.ts", "src/cli/aws-hit-breaks.ts"],
  outdir: fresh,
  write: false,
  bundle: true,
  splitting: true,
  minify: true,
  // SDK values are told by the names of their classes.
  keepNames: true,
  platform: "node",
  target: "node20",
  format: "esm",
  mainFields: ["module", "main"],
  // An optional peer: loaded from beside evenkeel when a bill file is read.
  external: ["@duckdb/node-api"],
  chunkNames: "chunks/[name]-[hash]",
  // Whole licence texts are gathered below.
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

for (const { path, text } of outputFiles) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, path.endsWith(".js") && text.includes(STAND_IN) ? REQUIRE + text : text);
}
for (const program of ["main.js", "aws-hit-breaks.js"]) await chmod(join(fresh, program), 0o755);
const functions = await bundleFunctions();
for (const { name, code } of functions) {
  await mkdir(join(fresh, "lambda", name), { recursive: true });
  await writeFile(join(fresh, "lambda", name, "index.mjs"), code);
}
const constructs = await bundleCdk();
await mkdir(join(fresh, "cdk"), { recursive: true });
for (const { name, text } of constructs.files) await writeFile(join(fresh, "cdk", name), text);
const inputs = new Set(
  [metafile.inputs, constructs.inputs, ...functions.map(({ parts }) => parts)].flatMap(Object.keys),
);
await writeFile(join(fresh, "THIRD-PARTY.txt"), await notices([...inputs]));

await rename(target, stale).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== "ENOENT") throw error;
});
await rename(fresh, target);
await rm(stale, { recursive: true, force: true });

/** Names and licence texts of the packages that stand in the bundle, as their licences ask for. */
async function notices(inputs: readonly string[]): Promise<string> {
  // A package may stand inside of another one; of those with one name one is enough.
  const folders = new Map(
    inputs.flatMap((path) => {
      const [folder, name] = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
      return folder !== undefined && name !== undefined ? [[name, resolve(folder)] as const] : [];
    }),
  );
  const texts = [...folders.keys()].sort().map(async (name) => {
    const folder = folders.get(name) ?? "";
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Record<
      string,
      string
    >;
    const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? await readFile(join(folder, file), "utf8") : "(the package holds no licence text)";
    return `== ${name} ${version}, ${license}\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join("\n");
}

const bytes = outputFiles.reduce((total, file) => total + file.contents.length, 0);
const main = outputFiles.find(({ path }) => path.endsWith("/main.js"))?.contents.length ?? 0;
const name = relative(process.cwd(), target);
const sizes = functions.map(({ name: each, code }) => `${each} ${(Buffer.byteLength(code) / 1e6).toFixed(1)} MB`);
process.stdout.write(
  `${name}: ${outputFiles.length} files, ${(bytes / 1e6).toFixed(1)} MB; main.js has ${main} bytes\nlambda: ${sizes.join(", ")}\n`,
);
