import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FACTS } from "../../src/catalog/registry.ts";
import type { Resource } from "../../src/model/resource.ts";
import { environment, folder, type Ran, start } from "../cli/process.ts";
import { disagreements, isSame } from "../strangers/agreement.ts";
import { DIFFERENCES, type ServerName } from "../strangers/differences.ts";
import { describeServers } from "../strangers/servers.ts";
import { applyDrift, type Drift } from "./drift.ts";
import { awscliListing, typesOf } from "./listing.ts";
import type { Made } from "./made.ts";
import { PLANTED_SECRET, REGIONS, seedAccount } from "./seed.ts";

const OURS = new Set<string>(FACTS.map(({ type }) => type));

/** What AWS makes by itself: default networks, what an instance or an Auto Scaling group brings along. */
function implicitIn(server: ServerName): readonly string[] {
  const gateway = DIFFERENCES.defaultGateway[server] === "one" ? ["InternetGateway"] : [];
  return [
    "Instance",
    "Volume",
    "Snapshot",
    "SecurityGroup",
    "NetworkInterface",
    "VPC",
    "Subnet",
    "RouteTable",
    ...gateway,
  ];
}

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

const keyOf = ({ type, region, id }: Made) => `${region} ${type} ${id}`;
const keysOf = (all: readonly Made[]) => all.map(keyOf).sort();

describeServers("snapshot and delta of an account made by awscli", (server) => {
  const home = folder();
  let inventory: readonly Made[];
  let listed: readonly Made[];
  let drift: Drift;
  const evenkeel = (...args: string[]): Promise<Ran> => start(args, environment(server.url, home), home).done;
  const where = ["--regions", REGIONS.join(",")];
  const listAll = async () =>
    (await Promise.all(["global", ...REGIONS].map((region) => awscliListing(server.url, region)))).flat();

  beforeAll(async () => {
    inventory = await seedAccount(server.url);
    server.comeToRest();
    listed = await listAll();
  });

  test("the account has at least one of every listed type in both regions, and awscli lists it", () => {
    for (const region of ["global", ...REGIONS])
      for (const type of typesOf(region)) {
        const idsIn = (all: readonly Made[]) =>
          all.filter((one) => one.type === type && one.region === region).map(({ id }) => id);
        const ids = idsIn(inventory);
        const found = idsIn(listed);
        const extra = found.filter((id) => !ids.includes(id));
        const implicit = implicitIn(server.name).some((name) => type === `AWS::EC2::${name}`);
        expect.soft(ids, `${region} ${type}`).not.toEqual([]);
        expect.soft(found, `${region} ${type}`).toEqual(expect.arrayContaining(ids));
        expect.soft(extra.length > 0, `${region} ${type} has others: ${extra}`).toBe(implicit);
      }
  });

  test("an image stands on the snapshot that it was registered with", async () => {
    const [image, snapshot] = ["Image", "Snapshot"].map((name) =>
      inventory.find(({ type }) => type === `AWS::EC2::${name}`),
    );
    const found = await server.aws.text(
      `ec2 describe-images --image-ids ${image?.id} --query Images[0].BlockDeviceMappings[0].Ebs.SnapshotId`,
    );

    expect(found === snapshot?.id ? "the one that was given" : "one of moto's own making").toBe(
      DIFFERENCES.imageSnapshot[server.name],
    );
  });

  test("the snapshot holds exactly what awscli lists", async () => {
    const { code, stderr, stdout } = await evenkeel("snapshot", "create", "baseline", ...where);
    expect(code, stderr + stdout).toBe(0);
    const { resources } = JSON.parse((await evenkeel("snapshot", "export", "baseline")).stdout) as {
      resources: Resource[];
    };
    const theirs = listed.filter(({ type }) => OURS.has(type));
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
    drift = await applyDrift(server.url, inventory, "eu-west-1");
    server.comeToRest();
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

  test("awscli lists exactly the drift too", async () => {
    const [before, after] = [keysOf(listed), keysOf(await listAll())];

    expect(after.filter((key) => !before.includes(key))).toEqual(keysOf(drift.added));
    expect(before.filter((key) => !after.includes(key))).toEqual(keysOf(drift.deleted));
    expect(after).toEqual(expect.arrayContaining(keysOf(drift.modified.map(({ made }) => made))));
    expect(drift.modified.length).toBeGreaterThan(15);
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
