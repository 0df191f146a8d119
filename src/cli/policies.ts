import type { WrittenPolicies } from "../verbs/reap/policies.ts";
import type { ConfigFile } from "./config-file.ts";

/** `policies` of the configuration file, as its schema lets it through. */
export function policiesIn(file: ConfigFile | undefined): WrittenPolicies {
  return (file?.values.policies ?? {}) as WrittenPolicies;
}
