/** What awscli said it made, and the tags it was made with. */

/** One resource by awscli's own account of it. */
export interface Made {
  /** CloudFormation type name; snapshots and images, which have none, get `AWS::EC2::Snapshot` and `AWS::EC2::Image`. */
  readonly type: string;
  /** `global` for IAM. */
  readonly region: string;
  /** What the API calls it by: id or name; for load balancing, tasks and policies that have no other, the ARN. */
  readonly id: string;
  readonly arn?: string;
}

/** A made thing, without an ARN where awscli told none. */
export function made(type: string, region: string, id: string, arn?: string): Made {
  return { type, region, id, ...(arn === undefined ? {} : { arn }) };
}

/** The tags of everything that is seeded, in the five shapes in which AWS takes tags. */
const TAGS = { project: "shop", "cost-centre": "4711" } as const;

export const asMap: Readonly<Record<string, string>> = TAGS;
export const asPairs = Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value }));
export const asLowerPairs = Object.entries(TAGS).map(([key, value]) => ({ key, value }));
export const asTagKeys = Object.entries(TAGS).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

/** EC2's form: the tags and a Name for what a call makes. */
export function asSpecification(kind: string, name: string): readonly [string, object[]] {
  return ["--tag-specifications", [{ ResourceType: kind, Tags: [...asPairs, { Key: "Name", Value: name }] }]];
}
