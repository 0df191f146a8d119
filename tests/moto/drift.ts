/** Changes a seeded account by awscli, as a colleague with a console would, and tells exactly what it did. */
import { openAws } from "./awscli.ts";
import { CHANGES } from "./drift/changes.ts";
import { createSome, deleteSome } from "./drift/comings-and-goings.ts";
import type { Made } from "./made.ts";

/** A thing that was changed, and which properties of it, by the names that its own API's answers use. */
export interface Modified {
  readonly made: Made;
  readonly paths: readonly string[];
}

/** What a delta must find, no more and no less. */
export interface Drift {
  readonly added: readonly Made[];
  readonly deleted: readonly Made[];
  readonly modified: readonly Modified[];
}

/** Changes, deletes and creates things in one region of what `seedAccount` made (and roles, which are global). */
export async function applyDrift(url: string, inventory: readonly Made[], region: string): Promise<Drift> {
  const aws = await openAws(url, region);
  const here = inventory.filter((one) => one.region === region || one.region === "global");
  try {
    const modified: Modified[] = [];
    for (const { type, paths, change } of CHANGES) {
      const made = here.find((one) => one.type === type);
      if (made === undefined) throw new Error(`nothing of type ${type} was seeded in ${region}`);
      await change(aws, made, here);
      modified.push({ made, paths });
    }
    const deleted = await deleteSome(aws, here);
    const added = await createSome(aws, region);
    return { added, deleted, modified };
  } finally {
    await aws.close();
  }
}
