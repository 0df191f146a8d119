/** Bundles each function of `src/lambda/functions.ts` into one ESM file, with what it needs and nothing else. */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile, type Plugin } from "esbuild";
import { FUNCTIONS, type FunctionName } from "../src/lambda/functions.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Folders of the catalog whose entries a function works with; a function that is not here works with all. */
const ENTRIES: Partial<Record<FunctionName, readonly string[]>> = {
  // Shedding goes its own way to the weights of a listener.
  "shed-alarm": [],
  "shed-step": [],
  // Only databases are started again by AWS.
  "stay-stopped": ["rds"],
};

/** SDK packages that are CommonJS inside ask for Node's own modules with `require`, which ESM does not have. */
const BANNER = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

export interface FunctionBundle {
  readonly name: FunctionName;
  readonly code: string;
  /** What is in it, by source file, and by how many bytes. */
  readonly parts: Metafile["outputs"][string]["inputs"];
}

export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[];

/** @param names absent = all */
export async function bundleFunctions(names: readonly FunctionName[] = FUNCTION_NAMES): Promise<FunctionBundle[]> {
  const bundles: FunctionBundle[] = [];
  const sets = new Map(names.map((name) => [JSON.stringify(ENTRIES[name]), ENTRIES[name]]));
  // Those with the same entries are read together, and one set after the other: each is the SDK's sources in memory.
  for (const [key, folders] of sets) {
    const alike = names.filter((name) => JSON.stringify(ENTRIES[name]) === key);
    bundles.push(...(await bundleAlike(alike, folders)));
  }
  return bundles;
}

async function bundleAlike(
  names: readonly FunctionName[],
  folders: readonly string[] | undefined,
): Promise<FunctionBundle[]> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `src/lambda/functions/${name}.ts`),
    outdir: "lambda",
    write: false,
    bundle: true,
    minify: true,
    // SDK values are told by the names of their classes.
    keepNames: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    banner: { js: BANNER },
    plugins: [onlyEntries(folders), ENGLISH, FEW_ERRORS],
    // The build gathers whole licence texts.
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  return names.map((name) => {
    const file = outputFiles.find(({ path }) => basename(path) === `${name}.js`);
    const output = metafile.outputs[`lambda/${name}.js`];
    if (!file || !output) throw new Error(`esbuild made nothing of ${name}`);
    return { name, code: file.text, parts: output.inputs };
  });
}

/** Leaves out of the registry what loads the entries, and so the SDK clients, of other folders. @param folders absent = all stay */
export function onlyEntries(folders: readonly string[] | undefined): Plugin {
  return {
    name: "only-entries",
    setup({ onLoad }) {
      if (!folders) return;
      onLoad({ filter: /[/\\]src[/\\]catalog[/\\]registry\.ts$/ }, async ({ path }) => {
        const lines = (await readFile(path, "utf8")).split("\n");
        const loads = lines.filter((line) => LOADS.test(line));
        if (loads.length === 0) throw new Error(`${path} loads no entries as this build knows it`);
        const stays = (line: string) => folders.includes(LOADS.exec(line)?.[1] ?? "");
        const contents = lines.filter((line) => !LOADS.test(line) || stays(line)).join("\n");
        return { contents, loader: "ts", resolveDir: join(path, "..") };
      });
      // Only entries ask for the tags of all resources of a kind.
      if (folders.length === 0)
        onLoad({ filter: /[/\\]src[/\\]catalog[/\\]tagging\.ts$/ }, () => ({
          contents: 'export const readTags = () => { throw new Error("built without entries"); };',
        }));
    },
  };
}

/** `[rdsDbCluster.type]: () => import("./rds/db-cluster.ts"),` */
const LOADS = /\(\) => import\("\.\/([^/]+)\//;

/** Zod's messages in fifty languages are a third of a small function. */
export const ENGLISH: Plugin = {
  name: "english",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/** What GetParameter may be answered with. Source: Systems Manager API reference, GetParameter and "Common Error Types". */
const PARAMETER_ERRORS = [
  "AccessDeniedException",
  "InternalServerError",
  "InvalidKeyId",
  "ParameterNotFound",
  "ParameterVersionNotFound",
  "ThrottlingException",
];

/** Systems Manager registers all 140 of its errors when it is loaded, for the one call that is made of it. */
const FEW_ERRORS: Plugin = {
  name: "few-errors",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]client-ssm[/\\]dist-es[/\\]schemas[/\\]schemas_0\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(REGISTERS, (all, name) => (PARAMETER_ERRORS.includes(name) ? all : ""));
      if (contents === text) throw new Error(`${path} registers no errors as this build knows it`);
      return { contents, loader: "js" };
    });
  },
};

/** An error's schema and its registration: `export var X$ = [-3, …]; n0_registry.registerError(X$, X);` */
const REGISTERS = /export var \w+\$ = \[-3,[^;]*;\nn0_registry\.registerError\(\w+\$, (\w+)\);\n/g;
