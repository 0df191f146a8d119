import { CloudTrailClient, type Event } from "@aws-sdk/client-cloudtrail";
import { expect, it } from "vitest";
import { region } from "../model/brand.ts";
import type { Connection } from "./connection.ts";
import { creatorOf } from "./trail.ts";

const HERE = region("eu-west-1");

const event = (EventName: string, Username: string, at: number): Event => ({
  EventName,
  Username,
  EventTime: new Date(at),
});

/** A connection to a CloudTrail that answers page after page. */
function trail(...pages: readonly (readonly Event[])[]): Connection {
  const send = async ({ input }: { input: { NextToken?: string } }) => {
    const at = Number(input.NextToken ?? 0);
    return { Events: pages[at], ...(at + 1 < pages.length ? { NextToken: String(at + 1) } : {}) };
  };
  const client = () => Object.assign(Object.create(CloudTrailClient.prototype), { send });
  return { client } as unknown as Connection;
}

it("finds the creation on the last page, because the newest events come first", async () => {
  const pages = [
    [event("CreateAlias", "late", 3)],
    [event("TagResource", "tagger", 2), event("CreateKey", "maker", 1)],
  ];

  expect(await creatorOf(trail(...pages), HERE, "key", undefined)).toBe("maker");
});

it("takes nobody for the creator who set a policy or a tag later", async () => {
  const later = [event("PutBucketPolicy", "policy", 3), event("CreateTags", "tagger", 2)];

  expect(await creatorOf(trail(later), HERE, "bucket", undefined)).toBeUndefined();
});

it("says nothing when there are more events than it reads", async () => {
  const pages = Array.from({ length: 11 }, (_, index) => [event("CreateAlias", "late", 100 - index)]);

  expect(await creatorOf(trail(...pages), HERE, "key", undefined)).toBeUndefined();
});
