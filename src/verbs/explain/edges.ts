import type { LinkKind, Resource, ResourceType } from "../../model/resource.ts";

/** A link of a resource in either direction. */
export interface Edge {
  /** `to` = as it says itself; `from` = as another says of it. */
  readonly direction: "to" | "from";
  readonly kind: LinkKind;
  readonly type: ResourceType;
  /** Its ARN where the scan knows it, else what the link says. */
  readonly other: string;
  readonly known: boolean;
}

type Named = Pick<Resource, "arn" | "type" | "id" | "region" | "links">;

/** All links from and to a resource among what was scanned. Pure. */
export function edgesOf(resource: Named, scanned: readonly Named[]): Edge[] {
  const isNamed = (to: string, each: Named, by: Named) =>
    to === each.arn || (to === each.id && (each.region === by.region || each.region === "global"));
  const outward = resource.links.map(({ kind, type, to }): Edge => {
    const other = scanned.find((each) => each.type === type && isNamed(to, each, resource));
    return { direction: "to", kind, type, other: other?.arn ?? to, known: other !== undefined };
  });
  const inward = scanned
    .filter(({ arn }) => arn !== resource.arn)
    .flatMap((other) =>
      other.links
        .filter(({ type, to }) => type === resource.type && isNamed(to, resource, other))
        .map(({ kind }): Edge => ({ direction: "from", kind, type: other.type, other: other.arn, known: true })),
    );
  return [...outward, ...inward];
}
