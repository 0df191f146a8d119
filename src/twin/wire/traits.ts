import type { NormalizedSchema } from "@smithy/core/schema";

/** The traits of SDK schemas that decide how a member looks on the wire. */
export interface WireTraits {
  readonly xmlName?: string;
  readonly xmlFlattened?: 1;
  readonly xmlAttribute?: 1;
  /** Prefix and URI. */
  readonly xmlNamespace?: readonly [string, string];
  readonly ec2QueryName?: string;
  readonly httpLabel?: 1;
  readonly httpQuery?: string;
  readonly httpQueryParams?: 1;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: 1;
  readonly httpResponseCode?: 1;
}

/** A schema's traits: its own and those of its place in a structure. */
export function traitsOf(schema: NormalizedSchema): WireTraits {
  return schema.getMergedTraits() as WireTraits;
}

/** Only those of its place: what a member is called is never the business of the shape it has. */
export function memberTraitsOf(schema: NormalizedSchema): WireTraits {
  return schema.getMemberTraits() as WireTraits;
}
