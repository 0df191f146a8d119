import { AwsFault, type Call, service } from "../../service.ts";
import { dropLingering } from "../lambda/interfaces.ts";
import { absent } from "./absent.ts";
import { addresses } from "./addresses.ts";
import { defaultVpcs } from "./default-vpc.ts";
import { endFleets, fleets } from "./fleets.ts";
import { imageSettings } from "./image-settings.ts";
import { images } from "./images.ts";
import { instanceAttributes } from "./instance-attributes.ts";
import { turnOver } from "./instance-moves.ts";
import { instanceProfiles } from "./instance-profiles.ts";
import { instanceStates } from "./instance-states.ts";
import { instanceTypes } from "./instance-types.ts";
import { instances } from "./instances.ts";
import { internetGateways } from "./internet-gateways.ts";
import { keyPairs } from "./key-pairs.ts";
import { launchTemplates } from "./launch-templates.ts";
import { endNatGateways, natGateways } from "./nat-gateways.ts";
import { networkAcls } from "./network-acls.ts";
import { networkDefaults } from "./network-defaults.ts";
import { networkInterfaces } from "./network-interfaces.ts";
import { regions } from "./regions.ts";
import { reservedInstances } from "./reserved-instances.ts";
import { routeTables } from "./route-tables.ts";
import { routes } from "./routes.ts";
import type { Ec2Operations } from "./rows.ts";
import { securityGroupRules } from "./security-group-rules.ts";
import { securityGroups } from "./security-groups.ts";
import { snapshots } from "./snapshots.ts";
import { spot } from "./spot.ts";
import { endSpotFleets, spotFleets } from "./spot-fleets.ts";
import { subnets } from "./subnets.ts";
import { tags } from "./tags.ts";
import { volumes } from "./volumes.ts";
import { endVpcEndpoints, vpcEndpoints } from "./vpc-endpoints.ts";
import { forgetPeerings, vpcPeering } from "./vpc-peering.ts";
import { vpcs } from "./vpcs.ts";

type Behaviour = (input: { readonly DryRun?: boolean }, call: Call) => object | undefined;

/** The twin has no background: whoever calls EC2 finds everything where it has come to by now. */
function catchUp(call: Call): void {
  turnOver(call);
  endFleets(call);
  endSpotFleets(call);
  endNatGateways(call);
  endVpcEndpoints(call);
  forgetPeerings(call);
  dropLingering(call);
}

/** A dry run changes nothing: it says whether the call would be allowed, as an error either way. */
function withDryRun(operations: Ec2Operations): Ec2Operations {
  const wrap = (behaviour: Behaviour): Behaviour => {
    return (input, call) => {
      if (input.DryRun)
        throw new AwsFault("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
      catchUp(call);
      return behaviour(input, call);
    };
  };
  const wrapped = Object.entries(operations).map(([name, behaviour]) => [name, wrap(behaviour as Behaviour)]);
  return Object.fromEntries(wrapped) as Ec2Operations;
}

export const ec2 = service(
  { namespace: "com.amazonaws.ec2", signingName: "ec2" },
  () => import("@aws-sdk/client-ec2"),
  withDryRun({
    ...absent,
    ...addresses,
    ...defaultVpcs,
    ...fleets,
    ...imageSettings,
    ...images,
    ...instanceAttributes,
    ...instanceProfiles,
    ...instanceStates,
    ...instanceTypes,
    ...instances,
    ...internetGateways,
    ...keyPairs,
    ...launchTemplates,
    ...natGateways,
    ...networkAcls,
    ...networkDefaults,
    ...networkInterfaces,
    ...regions,
    ...reservedInstances,
    ...routeTables,
    ...routes,
    ...securityGroupRules,
    ...securityGroups,
    ...snapshots,
    ...spot,
    ...spotFleets,
    ...subnets,
    ...tags,
    ...volumes,
    ...vpcEndpoints,
    ...vpcPeering,
    ...vpcs,
  }),
);
