import type { IamInstanceProfileSpecification, Instance } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INSTANCE } from "./compute-kinds.ts";
import { type Ec2Operations, get, pageOf, those } from "./rows.ts";
import { derivedId } from "./vpc-settings.ts";

type Row = Stored<Instance>;

/** One per instance, with an id that lasts as long as the profile is the same. */
const associationOf = ({ InstanceId, IamInstanceProfile }: Row) => ({
  AssociationId: derivedId("iip-assoc-", InstanceId, IamInstanceProfile?.Arn),
  IamInstanceProfile,
  InstanceId,
  State: "associated",
});

function associate(call: Call, instance: Row, asked: Stored<IamInstanceProfileSpecification> | undefined): object {
  const Arn = asked?.Arn ?? call.globalArn("iam", `instance-profile/${asked?.Name ?? ""}`);
  instance.IamInstanceProfile = { Arn, Id: call.id("AIPA", 17).toUpperCase() };
  return { IamInstanceProfileAssociation: associationOf(instance) };
}

function holder(call: Call, id: string | undefined): Row {
  const [instance] = those(
    INSTANCE,
    call,
    (each) => each.IamInstanceProfile !== undefined && associationOf(each).AssociationId === id,
  );
  if (!instance)
    throw new AwsFault("InvalidAssociationID.NotFound", `An invalid association-id of '${id ?? ""}' was given`);
  return instance;
}

export const instanceProfiles: Ec2Operations = {
  AssociateIamInstanceProfile(input, call) {
    const instance = get(INSTANCE, call, input.InstanceId);
    if (instance.IamInstanceProfile)
      throw new AwsFault("IncorrectState", `There is an existing association for instance ${instance.InstanceId}`);
    return associate(call, instance, input.IamInstanceProfile);
  },

  ReplaceIamInstanceProfileAssociation(input, call) {
    return associate(call, holder(call, input.AssociationId), input.IamInstanceProfile);
  },

  DisassociateIamInstanceProfile(input, call) {
    const instance = holder(call, input.AssociationId);
    const IamInstanceProfileAssociation = { ...associationOf(instance), State: "disassociating" };
    delete instance.IamInstanceProfile;
    return { IamInstanceProfileAssociation };
  },

  DescribeIamInstanceProfileAssociations(input, call) {
    const ids = input.Filters?.find((filter) => filter.Name === "instance-id")?.Values;
    const all = those(INSTANCE, call, (each) => each.IamInstanceProfile !== undefined)
      .filter((each) => ids?.includes(each.InstanceId ?? "") ?? true)
      .map(associationOf)
      .filter((each) => input.AssociationIds?.includes(each.AssociationId) ?? true);
    const { items, next } = pageOf(all, input);
    return { IamInstanceProfileAssociations: items, NextToken: next };
  },
};
