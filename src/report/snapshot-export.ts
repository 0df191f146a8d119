import type { Resource } from "../model/resource.ts";
import type { SnapshotHeader } from "../model/snapshot.ts";
import { csvRecord } from "./csv.ts";
import { RESOURCE_TITLES, resourceRecord } from "./resource-record.ts";

/** About as much text as is handed on at once. */
const PART_LENGTH = 64 * 1024;

/**
 * All of a snapshot, part by part, so that a large one needs no memory. JSON and YAML have its header and the list of
 * resources, CSV the resources only.
 */
export async function* exportSnapshot(
  header: SnapshotHeader,
  resources: AsyncIterable<Resource>,
  format: "json" | "yaml" | "csv",
): AsyncGenerator<string> {
  let part = "";
  for await (const piece of PIECES[format](header, resources)) {
    part += piece;
    if (part.length < PART_LENGTH) continue;
    yield part;
    part = "";
  }
  yield part;
}

const PIECES = { json, yaml, csv };

async function* json(header: SnapshotHeader, resources: AsyncIterable<Resource>): AsyncGenerator<string> {
  yield `{\n"header": ${JSON.stringify(header)},\n"resources": [`;
  let first = true;
  for await (const resource of resources) {
    yield `${first ? "" : ","}\n${JSON.stringify(resource)}`;
    first = false;
  }
  yield "\n]\n}\n";
}

async function* yaml(header: SnapshotHeader, resources: AsyncIterable<Resource>): AsyncGenerator<string> {
  const { renderYaml } = await import("./yaml.ts");
  yield renderYaml({ header });
  let first = true;
  for await (const resource of resources) {
    if (first) yield "resources:\n";
    first = false;
    yield indented(renderYaml([resource]));
  }
  if (first) yield "resources: []\n";
}

/** A list within a member stands two blanks to the right, its block texts, too. */
function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

async function* csv(_: SnapshotHeader, resources: AsyncIterable<Resource>): AsyncGenerator<string> {
  yield csvRecord(RESOURCE_TITLES);
  for await (const resource of resources) yield csvRecord(resourceRecord(resource));
}
