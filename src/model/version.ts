import manifest from "../../package.json" with { type: "json" };

/** Evenkeel's own version. */
export const VERSION: string = manifest.version;
