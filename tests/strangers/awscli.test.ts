import { expect, it } from "vitest";
import type { Resource } from "../../src/model/resource.ts";
import { cliTrial } from "../cli/process.ts";
import { describeMoto } from "../moto/describe-moto.ts";
import { awscliListing, typesOf } from "../moto/listing.ts";
import { disagreements } from "./agreement.ts";

const REGIONS = ["ap-southeast-2", "eu-west-1", "us-east-1", "global"];

describeMoto("awscli on the twin's demo world, over HTTP", () => {
  it("lists exactly what our scan finds, type by type and region by region", async () => {
    const { url, run, twin } = await cliTrial();
    expect((await run("snapshot", "create", "ours")).code).toBe(0);
    const { resources } = JSON.parse((await run("snapshot", "export", "ours")).stdout) as { resources: Resource[] };
    const compared = new Map<string, number>();

    for (const region of REGIONS) {
      const listed = await awscliListing(url, region);
      const known = new Set(resources.map(({ type }) => type as string));
      const types = typesOf(region).filter((type) => known.has(type));
      const theirs = listed.filter(({ type }) => types.includes(type));
      const ours = resources.filter(
        (resource) => resource.region === region && types.includes(resource.type) && isListed(resource),
      );
      expect(disagreements(theirs, ours)).toEqual([]);
      for (const { type } of theirs) compared.set(type, (compared.get(type) ?? 0) + 1);
    }

    // Almost every type stands in the demo world, so the agreement is not about nothing.
    expect(compared.size).toBeGreaterThan(35);
    expect(twin.errors).toEqual([]);
  });
});

/** awscli's listing leaves out the default rules, which are part of their listener. */
function isListed({ type, configuration }: Resource): boolean {
  return type !== "AWS::ElasticLoadBalancingV2::ListenerRule" || configuration.IsDefault !== true;
}
