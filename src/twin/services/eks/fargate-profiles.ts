import type { FargateProfile } from "@aws-sdk/client-eks";
import { depart, present } from "../../departing.ts";
import { AwsFault, type Call, type Operations, page, type Stored } from "../../service.ts";
import { clusterNamed, PAGE } from "./cluster-rows.ts";

type Row = Stored<FargateProfile>;

const KIND = "eks.fargate-profile";

/** About what the pods of a profile take to leave. */
const DELETING_MS = 2 * 60_000;

export const profilesIn = (call: Call, cluster: string | undefined): Row[] =>
  present<Row>(call, KIND)
    .all()
    .filter(({ clusterName }) => clusterName === cluster);

const keyOf = (input: Pick<Row, "clusterName" | "fargateProfileName">) =>
  `${input.clusterName}/${input.fargateProfileName}`;

export const fargateProfileOperations = {
  CreateFargateProfile(input, call) {
    clusterNamed(call, input.clusterName);
    const { clientRequestToken: _, ...members } = input;
    const fargateProfileArn = call.arn("eks", `fargateprofile/${keyOf(input)}/${call.uuid()}`);
    const row: Row = { ...members, fargateProfileArn, createdAt: call.now(), status: "ACTIVE" };
    return { fargateProfile: present<Row>(call, KIND).put(keyOf(row), row) };
  },
  ListFargateProfiles(input, call) {
    const { name } = clusterNamed(call, input.clusterName);
    const names = profilesIn(call, name).map(({ fargateProfileName }) => fargateProfileName);
    const { items, next } = page(names, { token: input.nextToken, max: input.maxResults }, PAGE);
    return { fargateProfileNames: items, nextToken: next };
  },
  /** One profile of a cluster at a time. Source: EKS API reference, DeleteFargateProfile. */
  DeleteFargateProfile(input, call) {
    const inside = profilesIn(call, clusterNamed(call, input.clusterName).name);
    const row = inside.find(({ fargateProfileName }) => fargateProfileName === input.fargateProfileName);
    if (!row)
      throw new AwsFault(
        "ResourceNotFoundException",
        `No Fargate Profile found with name: ${input.fargateProfileName}.`,
        404,
      );
    const leaving = inside.find(({ status }) => status === "DELETING");
    if (leaving)
      throw new AwsFault(
        "ResourceInUseException",
        `Fargate Profile ${leaving.fargateProfileName} is currently being deleted`,
        409,
      );
    row.status = "DELETING";
    depart(call, KIND, keyOf(row), DELETING_MS);
    return { fargateProfile: row };
  },
} satisfies Operations<typeof import("@aws-sdk/client-eks")>;
