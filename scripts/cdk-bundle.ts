/** Bundles the constructs and the app that deploys them; CDK itself is the reader's own. */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { ENGLISH, onlyEntries } from "./lambda-bundles.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface CdkBundle {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly inputs: Metafile["inputs"];
}

export async function bundleCdk(): Promise<CdkBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/cdk/index.ts", "src/cdk/app.ts"],
    outdir: "cdk",
    write: false,
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    external: ["aws-cdk-lib", "constructs"],
    // Who makes a stack needs the facts of the types, and calls nothing.
    plugins: [onlyEntries([]), ENGLISH],
    // All in one folder: the code of the functions is found from where these stand.
    chunkNames: "chunk-[hash]",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  return { files: outputFiles.map(({ path, text }) => ({ name: basename(path), text })), inputs: metafile.inputs };
}
