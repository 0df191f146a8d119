/** The walls of docs/architecture.md. Each rule says why it stands. */

/** Layers from the ground up: a layer may import itself and what stands before it. */
const LAYERS = ["model", "io", "store", "aws", "catalog", "engine", "verbs", "report", "lambda", "cdk", "cli"];

const below = (layer) => LAYERS.slice(LAYERS.indexOf(layer) + 1).join("|");

const downwards = LAYERS.slice(0, -1).map((layer) => ({
  name: `${layer}-imports-downwards`,
  comment: `Imports go downwards only: what ${layer} decides must not depend on who asks.`,
  severity: "error",
  from: { path: `^src/${layer}/`, pathNot: "[.]test[.]ts$" },
  to: { path: `^src/(${below(layer)})/` },
}));

module.exports = {
  forbidden: [
    ...downwards,
    {
      name: "model-is-pure",
      comment:
        "Data and maths run the same in a CLI, a Lambda function, a browser page and a simulation of ten thousand histories.",
      severity: "error",
      from: { path: "^src/model/", pathNot: "[.]test[.]ts$" },
      to: {
        pathNot:
          "^src/model/|^node:crypto$|^crypto$|node_modules/(decimal[.]js|safe-stable-stringify|zod)/|^package[.]json$",
      },
    },
    {
      name: "sdk-only-in-aws-and-catalog",
      comment:
        "What AWS answers is translated in one place; the rest of the code knows resources, not SDK shapes. The twin reads the SDK's schemas, as it is AWS.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(aws|catalog|twin)/|[.]test[.]ts$" },
      to: { path: "node_modules/@(aws-sdk|smithy)/" },
    },
    {
      name: "entries-stand-alone",
      comment:
        "An entry is read top to bottom like a datasheet; knowledge that two types share belongs into the contract.",
      severity: "error",
      from: { path: "^src/catalog/([^/]+)/", pathNot: "[.]test[.]ts$" },
      to: { path: "^src/catalog/([^/]+)/", pathNot: "^src/catalog/$1/" },
    },
    {
      name: "facts-import-no-sdk",
      comment: "All facts are loaded at start-up; one SDK client among them costs a third of the start-up time.",
      severity: "error",
      from: { path: "[.]facts[.]ts$" },
      to: { path: "node_modules", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "the-twin-is-a-stand-in",
      comment:
        "Nothing that runs on a real account may reach for the simulated one. Only the command line's own demo command and the tests do.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/twin/|^src/cli/commands/(demo|twin)|[.]test[.]ts$" },
      to: { path: "^src/twin/" },
    },
    {
      name: "doors-stand-apart",
      comment: "A function must not load the command line, nor the command line the functions: both only call verbs.",
      severity: "error",
      from: { path: "^src/cli/", pathNot: "[.]test[.]ts$" },
      to: { path: "^src/lambda/" },
    },
    {
      name: "constructs-stand-alone",
      comment:
        "CDK is the reader's own, and large: nothing that runs may load it, and nobody needs it who does not deploy.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cdk/" },
      to: { path: "^src/cdk/|node_modules/(aws-cdk-lib|constructs|cdk-nag)/" },
    },
    {
      name: "constructs-are-data-of-functions",
      comment: "A construct knows what a function is told and may do, never what it does.",
      severity: "error",
      from: { path: "^src/cdk/", pathNot: "[.]test[.]ts$" },
      to: {
        path: "^src/(lambda/(?!functions[.]ts$|env[.]ts$)|report/|cli/|store/|io/)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "duckdb-only-in-bills",
      comment: "It need not be installed: only what reads bill files may ask for it, and only then.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/store/bill/" },
      to: { path: "@duckdb/" },
    },
    {
      name: "no-cycles",
      comment: "A cycle has no bottom to start reading at.",
      severity: "error",
      from: { pathNot: "node_modules" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "only-io-prints",
      comment: "Hosts decide where texts go; see also the lint rule against console.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(io|cli)/|[.]test[.]ts$" },
      to: { path: "^(node:)?(readline|tty)$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
