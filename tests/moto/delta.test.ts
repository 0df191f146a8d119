import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FACTS } from "../../src/catalog/registry.ts";
import type { Resource } from "../../src/model/resource.ts";
import { environment, folder, type Ran, start } from "../cli/process.ts";
import { disagreements, isSame } from "../strangers/agreement.ts";
import { describeMoto } from "./describe-moto.ts";
import { applyDrift } from "./drift.ts";
import { awscliListing } from "./listing.ts";
import type { Made } from "./made.ts";
import { PLANTED_SECRET, REGIONS, seedAccount } from "./seed.ts";
import { useMoto } from "./use-moto.ts";

const OURS = new Set<string>(FACTS.map(({ type }) => type));

/** One changed resource as `delta --output json` tells it. */
interface Item {
  readonly kind: string;
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly arn: Resource["arn"];
  readonly region: string;
  readonly properties?: readonly { readonly path: string }[];
}

describeMoto("snapshot and delta against moto, in an account made by awscli", () => {
  const moto = useMoto({ strict: true });
  const home = folder();
  let inventory: readonly Made[];
  const evenkeel = (...args: string[]): Promise<Ran> => start(args, environment(moto.url, home), home).done;
  const where = ["--regions", REGIONS.join(",")];
  const listAll = async () =>
    (await Promise.all(["global", ...REGIONS].map((region) => awscliListing(moto.url, region))))
      .flat()
      .filter(({ type }) => OURS.has(type));

  beforeAll(async () => {
    inventory = await seedAccount(moto.url);
  });

  test("the snapshot holds exactly what awscli lists", async () => {
    const { code, stderr, stdout } = await evenkeel("snapshot", "create", "baseline", ...where);
    expect(code, stderr + stdout).toBe(0);
    const { resources } = JSON.parse((await evenkeel("snapshot", "export", "baseline")).stdout) as {
      resources: Resource[];
    };
    const theirs = await listAll();
    const types = new Set(theirs.map(({ type }) => type));

    expect(
      disagreements(
        theirs,
        resources.filter(
          ({ type, configuration }) => (types.has(type) && configuration.IsDefault !== true) || isVpcDefault(type),
        ),
      ),
    ).toEqual([]);
    expect(types.size).toBeGreaterThan(38);
  });

  test("the delta of the untouched account is empty", async () => {
    const { code, stdout } = await evenkeel("delta", "--output", "json", "--exit-code");

    expect(JSON.parse(stdout)).toMatchObject({ changes: 0 });
    expect(code).toBe(0);
  });

  test("the delta finds exactly what awscli made, changed and deleted", async () => {
    const drift = await applyDrift(moto.url, inventory, "eu-west-1");
    const { stdout, stderr } = await evenkeel("delta", "--output", "json");
    const { items } = JSON.parse(stdout) as { items: Item[] };
    const of = (kind: string) => items.filter((item) => item.kind === kind);
    const known = (made: readonly Made[]) => made.filter(({ type }) => OURS.has(type));
    const unmatched = (made: readonly Made[], found: readonly Item[]) => ({
      missing: known(made).filter((one) => !found.some((item) => isSame(one, item as never))),
      extra: found
        .filter((item) => !made.some((one) => isSame(one, item as never)))
        .map(({ type, id }) => `${type} ${id}`),
    });

    expect(unmatched(drift.added, of("added")), stderr).toEqual({ missing: [], extra: [] });
    expect(unmatched(drift.deleted, of("deleted"))).toEqual({ missing: [], extra: [] });
    expect(of("unknown")).toEqual([]);
    for (const { made, paths } of drift.modified) {
      const item = of("modified").find((each) => isSame(made, each as never));
      expect(item, `${made.type} ${made.id} ${paths}`).toBeDefined();
      expect(item?.properties?.length, `${made.type} ${paths}`).toBeGreaterThan(0);
    }
    const changed = drift.modified.map(({ made }) => made);
    expect(unmatched(changed, of("modified")).extra).toEqual([]);
  });

  test("no planted secret is anywhere in the store", () => {
    const store = join(home, "store");
    const files = readdirSync(store, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), "utf8");
      expect(text.includes(PLANTED_SECRET), file.name).toBe(false);
      expect(text.includes(Buffer.from(PLANTED_SECRET).toString("base64").slice(0, 16)), file.name).toBe(false);
    }
  });
});

/** Default VPCs and subnets are default too, and awscli lists them. */
function isVpcDefault(type: string): boolean {
  return type === "AWS::EC2::VPC" || type === "AWS::EC2::Subnet";
}
