import { stringify } from "yaml";

/** A value as YAML, keys in their order, long texts not folded, and read alike by YAML 1.1 (CloudFormation) and 1.2. Import it where it is needed: the library is large. */
export function renderYaml(value: object): string {
  return stringify(plain(value), { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" });
}

/** Takes undefined members out, which YAML would otherwise show as null. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
