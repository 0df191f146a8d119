import type { Instance } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INSTANCE, VOLUME } from "./compute-kinds.ts";
import { refresh } from "./instance-parts.ts";
import { instanceSettings } from "./instance-settings.ts";
import { groupsIn } from "./interfaces.ts";
import { NETWORK_INTERFACE } from "./network-kinds.ts";
import { type Ec2Operations, get, has } from "./rows.ts";

type Row = Stored<Instance>;

/** Attributes that only a stopped instance lets go. Source: EC2 API reference, ModifyInstanceAttribute. */
function mustBeStopped(instance: Row): void {
  if (instance.State?.Name !== "stopped")
    throw new AwsFault(
      "IncorrectInstanceState",
      `The instance '${instance.InstanceId}' is not in the 'stopped' state.`,
    );
}

function attributeOf(call: Call, instance: Row, name: string | undefined): object {
  const settings = instanceSettings(call, instance.InstanceId);
  const attributes: Readonly<Record<string, object>> = {
    disableApiTermination: { DisableApiTermination: { Value: settings.disableApiTermination } },
    disableApiStop: { DisableApiStop: { Value: settings.disableApiStop } },
    instanceInitiatedShutdownBehavior: { InstanceInitiatedShutdownBehavior: { Value: settings.shutdownBehavior } },
    userData: { UserData: settings.userData ? { Value: settings.userData } : {} },
    instanceType: { InstanceType: { Value: instance.InstanceType } },
    ebsOptimized: { EbsOptimized: { Value: instance.EbsOptimized } },
    enaSupport: { EnaSupport: { Value: instance.EnaSupport } },
    enclaveOptions: { EnclaveOptions: instance.EnclaveOptions },
    sourceDestCheck: { SourceDestCheck: { Value: instance.SourceDestCheck } },
    rootDeviceName: { RootDeviceName: { Value: instance.RootDeviceName } },
    groupSet: { Groups: instance.SecurityGroups },
    blockDeviceMapping: { BlockDeviceMappings: instance.BlockDeviceMappings },
  };
  const found = attributes[name ?? ""];
  if (!found)
    throw new AwsFault(
      "InvalidParameterValue",
      `Value (${name}) for parameter attribute is invalid. Unknown attribute.`,
    );
  return found;
}

export const instanceAttributes: Ec2Operations = {
  DescribeInstanceAttribute(input, call) {
    const instance = get(INSTANCE, call, input.InstanceId);
    return { InstanceId: instance.InstanceId, ...attributeOf(call, instance, input.Attribute) };
  },

  ModifyInstanceAttribute(input, call) {
    const instance = get(INSTANCE, call, input.InstanceId);
    const settings = instanceSettings(call, instance.InstanceId);
    // The old way names an attribute and its value, the new one has a member for each.
    const named = (name: string) => (input.Attribute === name ? input.Value : undefined);
    const flag = (name: string, value: boolean | undefined) =>
      value ?? (named(name) === undefined ? undefined : named(name) === "true");
    const type = input.InstanceType?.Value ?? named("instanceType");
    const userData = input.UserData?.Value ?? named("userData");
    if (type !== undefined || userData !== undefined) mustBeStopped(instance);
    if (type !== undefined) instance.InstanceType = type as NonNullable<Row["InstanceType"]>;
    if (userData !== undefined) settings.userData = userData as string;
    settings.disableApiTermination =
      flag("disableApiTermination", input.DisableApiTermination?.Value) ?? settings.disableApiTermination;
    settings.disableApiStop = flag("disableApiStop", input.DisableApiStop?.Value) ?? settings.disableApiStop;
    settings.shutdownBehavior = input.InstanceInitiatedShutdownBehavior?.Value ?? settings.shutdownBehavior;
    instance.EbsOptimized = flag("ebsOptimized", input.EbsOptimized?.Value) ?? instance.EbsOptimized;
    const primary = has(NETWORK_INTERFACE, call, instance.NetworkInterfaces?.[0]?.NetworkInterfaceId);
    if (primary && input.Groups) primary.Groups = groupsIn(call, primary.VpcId, input.Groups);
    if (primary) primary.SourceDestCheck = input.SourceDestCheck?.Value ?? primary.SourceDestCheck;
    for (const { DeviceName, Ebs } of input.BlockDeviceMappings ?? []) {
      const mapping = instance.BlockDeviceMappings?.find((each) => each.DeviceName === DeviceName);
      const volume = has(VOLUME, call, mapping?.Ebs?.VolumeId);
      for (const each of volume?.Attachments ?? [])
        if (each.InstanceId === instance.InstanceId)
          each.DeleteOnTermination = Ebs?.DeleteOnTermination ?? each.DeleteOnTermination;
    }
    refresh(call, instance);
  },

  ModifyInstanceMetadataOptions(input, call) {
    const instance = get(INSTANCE, call, input.InstanceId);
    const { HttpEndpoint, HttpTokens, HttpPutResponseHopLimit, HttpProtocolIpv6, InstanceMetadataTags } = input;
    const asked = { HttpEndpoint, HttpTokens, HttpPutResponseHopLimit, HttpProtocolIpv6, InstanceMetadataTags };
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    instance.MetadataOptions = { ...instance.MetadataOptions, ...given, State: "applied" };
    return { InstanceId: instance.InstanceId, InstanceMetadataOptions: instance.MetadataOptions };
  },
};
