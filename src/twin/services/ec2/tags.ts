import { AwsFault, type Call } from "../../service.ts";
import { ADDRESS, IMAGE, INSTANCE, KEY_PAIR, LAUNCH_TEMPLATE, SNAPSHOT, VOLUME } from "./compute-kinds.ts";
import { FLEET } from "./fleets.ts";
import {
  INTERNET_GATEWAY,
  NAT_GATEWAY,
  NETWORK_ACL,
  NETWORK_INTERFACE,
  PEERING,
  ROUTE_TABLE,
  SECURITY_GROUP,
  SUBNET,
  VPC,
  VPC_ENDPOINT,
} from "./network-kinds.ts";
import { type Ec2Operations, get, type Kind, matches, pageOf, rows } from "./rows.ts";
import { SPOT_REQUEST } from "./spot.ts";
import { SPOT_FLEET } from "./spot-fleets.ts";

type Tag = { Key: string; Value: string };
type AnyRow = Record<string, unknown>;

/** Everything that can be tagged, as tables of rows of which only id and tags matter. */
const KINDS = [
  INSTANCE,
  VOLUME,
  SNAPSHOT,
  IMAGE,
  KEY_PAIR,
  ADDRESS,
  LAUNCH_TEMPLATE,
  VPC,
  SUBNET,
  SECURITY_GROUP,
  NETWORK_INTERFACE,
  ROUTE_TABLE,
  INTERNET_GATEWAY,
  NAT_GATEWAY,
  VPC_ENDPOINT,
  NETWORK_ACL,
  PEERING,
  SPOT_REQUEST,
  FLEET,
  SPOT_FLEET,
] as unknown as readonly Kind<AnyRow>[];

/** Tags of resources by id. AWS refuses all of them when one id is nowhere. */
function tagged(call: Call, ids: readonly string[] | undefined): { row: AnyRow; member: string; tags: Tag[] }[] {
  return (ids ?? []).map((id) => {
    const of = KINDS.find(({ prefix }) => id.startsWith(prefix));
    if (!of) throw new AwsFault("InvalidID", `The ID '${id}' is not valid`);
    const row = get(of, call, id);
    return { row, member: of.tags, tags: (row[of.tags] ?? []) as Tag[] };
  });
}

const TAG = {
  table: "",
  id: "ResourceId",
  prefix: "",
  type: "",
  tags: "none",
  notFound: "",
  filters: { key: "Key", value: "Value", "resource-id": "ResourceId", "resource-type": "ResourceType" },
} satisfies Kind<AnyRow>;

export const tags: Ec2Operations = {
  CreateTags(input, call) {
    const given = input.Tags ?? [];
    if (given.some((tag) => tag.Key?.toLowerCase().startsWith("aws:")))
      throw new AwsFault("InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
    for (const { row, member, tags } of tagged(call, input.Resources)) {
      const map = new Map(tags.map((tag) => [tag.Key, tag.Value]));
      for (const { Key = "", Value = "" } of given) map.set(Key, Value);
      row[member] = [...map].map(([Key, Value]): Tag => ({ Key, Value }));
    }
  },

  /** A tag without a value goes whatever its value; one with a value only if it has it; no tags = all but AWS's own. */
  DeleteTags(input, call) {
    const goes = (tag: Tag) =>
      input.Tags === undefined
        ? !tag.Key.startsWith("aws:")
        : input.Tags.some(({ Key, Value }) => Key === tag.Key && (Value === undefined || Value === tag.Value));
    for (const { row, member, tags } of tagged(call, input.Resources)) row[member] = tags.filter((tag) => !goes(tag));
  },

  DescribeTags(input, call) {
    const all = KINDS.flatMap((of) =>
      rows(of, call)
        .all()
        .flatMap((row) =>
          ((row[of.tags] ?? []) as Tag[]).map((tag) => ({ ...tag, ResourceId: row[of.id], ResourceType: of.type })),
        ),
    );
    const { items, next } = pageOf(
      all.filter((tag) => matches<AnyRow>(TAG, tag, input.Filters)),
      input,
    );
    return { Tags: items, NextToken: next };
  },
};
