import type { BlockDeviceMapping, Instance, NetworkInterface, Tag } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { IMAGE, INSTANCE, VOLUME } from "./compute-kinds.ts";
import { refresh } from "./instance-parts.ts";
import { instanceSettings } from "./instance-settings.ts";
import { associate, lend, newInterface } from "./interfaces.ts";
import { keyOrFault } from "./key-pairs.ts";
import { groupsOf, type LaunchRequest, type SystemTags, subnetOf, withTemplate } from "./launch-request.ts";
import { attachInterface } from "./network-interfaces.ts";
import { NETWORK_INTERFACE } from "./network-kinds.ts";
import { add, get, has, tagsFor } from "./rows.ts";
import { spotRequest } from "./spot.ts";
import { attachVolume, newVolume } from "./volumes.ts";

/** The root device of images that the twin has no row for: Amazon's and the marketplace's. */
const ROOT: Stored<BlockDeviceMapping> = {
  DeviceName: "/dev/xvda",
  Ebs: { DeleteOnTermination: true, VolumeSize: 8, VolumeType: "gp3" },
};

/** The image's block devices with what the request says of each, and the request's own. */
function devicesOf(call: Call, request: LaunchRequest): Stored<BlockDeviceMapping>[] {
  const image = has(IMAGE, call, request.ImageId);
  const devices = new Map((image?.BlockDeviceMappings ?? [ROOT]).map((each) => [each.DeviceName, each]));
  for (const each of request.BlockDeviceMappings ?? []) {
    // The usual name of a root device means the root, whatever this image calls it.
    const name = !image && each.DeviceName === "/dev/sda1" ? ROOT.DeviceName : each.DeviceName;
    if (each.NoDevice !== undefined) devices.delete(name);
    else devices.set(name, { DeviceName: name, Ebs: { ...devices.get(name)?.Ebs, ...each.Ebs } });
  }
  return [...devices.values()].filter((each) => each.Ebs !== undefined);
}

/** Instance types with a Graviton processor have a `g` after their generation: `m7g`, `c8gn`. */
const architectureOf = (type: string) => (/^[a-z]+\d+g/.test(type) ? "arm64" : "x86_64");

function describe(call: Call, request: LaunchRequest, tags: Stored<Tag>[]): Stored<Instance> {
  const { InstanceType = "m1.small", Monitoring, MetadataOptions: metadata, IamInstanceProfile: profile } = request;
  const image = has(IMAGE, call, request.ImageId);
  const zone = request.Placement?.AvailabilityZone;
  const profileName = profile?.Name ?? profile?.Arn?.split("/").at(-1);
  return {
    InstanceId: call.id(INSTANCE.prefix),
    AmiLaunchIndex: 0,
    Architecture: image?.Architecture ?? architectureOf(InstanceType),
    BlockDeviceMappings: [],
    CapacityReservationSpecification: { CapacityReservationPreference: "open" },
    ClientToken: request.ClientToken ?? "",
    CpuOptions: { CoreCount: 1, ThreadsPerCore: 2 },
    EbsOptimized: request.EbsOptimized ?? false,
    EnaSupport: true,
    EnclaveOptions: { Enabled: request.EnclaveOptions?.Enabled ?? false },
    HibernationOptions: { Configured: request.HibernationOptions?.Configured ?? false },
    Hypervisor: "xen",
    ...(profileName
      ? {
          IamInstanceProfile: {
            Arn: profile?.Arn ?? call.globalArn("iam", `instance-profile/${profileName}`),
            Id: call.id("AIPA", 17).toUpperCase(),
          },
        }
      : {}),
    ImageId: request.ImageId,
    InstanceType,
    ...(request.KeyName ? { KeyName: keyOrFault(call, request.KeyName).KeyName } : {}),
    LaunchTime: call.now(),
    MaintenanceOptions: { AutoRecovery: request.MaintenanceOptions?.AutoRecovery ?? "default" },
    MetadataOptions: {
      HttpEndpoint: metadata?.HttpEndpoint ?? "enabled",
      HttpProtocolIpv6: metadata?.HttpProtocolIpv6 ?? "disabled",
      HttpPutResponseHopLimit: metadata?.HttpPutResponseHopLimit ?? 1,
      HttpTokens: metadata?.HttpTokens ?? "optional",
      InstanceMetadataTags: metadata?.InstanceMetadataTags ?? "disabled",
      State: "applied",
    },
    Monitoring: { State: Monitoring?.Enabled ? "enabled" : "disabled" },
    NetworkInterfaces: [],
    Placement: { GroupName: "", Tenancy: "default", ...request.Placement, AvailabilityZone: zone },
    PlatformDetails: "Linux/UNIX",
    PrivateDnsNameOptions: {
      HostnameType: "ip-name",
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    ProductCodes: [],
    PublicDnsName: "",
    RootDeviceName: image?.RootDeviceName ?? ROOT.DeviceName,
    RootDeviceType: image?.RootDeviceType ?? "ebs",
    SecurityGroups: [],
    State: { Code: 16, Name: "running" },
    StateTransitionReason: "",
    Tags: tags,
    UsageOperation: "RunInstances",
    UsageOperationUpdateTime: call.now(),
    VirtualizationType: "hvm",
  };
}

/** The primary interface: one that was made before, or a new one. */
function primaryOf(call: Call, request: LaunchRequest): Stored<NetworkInterface> {
  const asked = request.NetworkInterfaces?.[0];
  if (asked?.NetworkInterfaceId) return get(NETWORK_INTERFACE, call, asked.NetworkInterfaceId);
  return newInterface(call, {
    subnet: subnetOf(call, request),
    groups: groupsOf(call, request),
    description: asked?.Description,
    privateIp: asked?.PrivateIpAddress ?? request.PrivateIpAddress,
    tags: tagsFor(NETWORK_INTERFACE, request.TagSpecifications),
  });
}

/** One instance with its interface, its volumes and its settings; running at once. */
function launchOne(call: Call, request: LaunchRequest, reservation: string, tags: Stored<Tag>[]): Stored<Instance> {
  const described = describe(call, request, tags);
  // What the network refuses leaves no half of an instance behind.
  const primary = primaryOf(call, request);
  const instance = add(INSTANCE, call, described);
  const id = instance.InstanceId ?? "";
  const asked = request.NetworkInterfaces?.[0];
  const subnet = asked?.NetworkInterfaceId ? undefined : subnetOf(call, request);
  const settings = instanceSettings(call, id);
  settings.reservation = reservation;
  settings.publicIp = asked?.AssociatePublicIpAddress ?? subnet?.MapPublicIpOnLaunch ?? false;
  settings.disableApiTermination = request.DisableApiTermination ?? false;
  settings.disableApiStop = request.DisableApiStop ?? false;
  settings.shutdownBehavior = request.InstanceInitiatedShutdownBehavior ?? "stop";
  if (request.UserData) settings.userData = request.UserData;

  if (settings.publicIp) associate(primary, lend(call, primary.VpcId));
  const deleteOnTermination = asked?.DeleteOnTermination ?? !asked?.NetworkInterfaceId;
  attachInterface(call, primary, { instance: id, device: 0, deleteOnTermination });
  instance.Placement = {
    ...instance.Placement,
    AvailabilityZone: primary.AvailabilityZone,
    AvailabilityZoneId: primary.AvailabilityZoneId,
  };

  const volumeTags = tagsFor(VOLUME, request.TagSpecifications);
  for (const { DeviceName = "", Ebs } of devicesOf(call, request)) {
    const volume = newVolume(call, { ...Ebs, zone: primary.AvailabilityZone, tags: structuredClone(volumeTags) });
    attachVolume(call, volume, {
      instance: id,
      device: DeviceName,
      deleteOnTermination: Ebs?.DeleteOnTermination ?? true,
    });
  }
  refresh(call, instance);
  spotRequest(call, instance, request);
  return instance;
}

/** Launches instances, as RunInstances and whatever launches for a person (an Auto Scaling group) does. */
export function launch(call: Call, asked: LaunchRequest, system: SystemTags = {}): Stored<Instance>[] {
  const { request, tags } = withTemplate(call, asked);
  const { ImageId = "" } = request;
  if (!ImageId) throw new AwsFault("MissingParameter", "The request must contain the parameter ImageId");
  if (!/^(ami-|resolve:ssm:)/.test(ImageId))
    throw new AwsFault("InvalidAMIID.Malformed", `Invalid id: "${ImageId}" (expecting "ami-...")`);
  const own = has(IMAGE, call, ImageId);
  if (own?.State === "disabled")
    throw new AwsFault("InvalidAMIID.Unavailable", `The image ID '${ImageId}' is not available`);
  const count = request.MaxCount ?? 1;
  if (count < 1 || (request.MinCount ?? 1) > count)
    throw new AwsFault("InvalidParameterValue", `Invalid value '${count}' for maxCount. It must be at least minCount.`);
  const reservation = call.id("r-");
  const given = tagsFor(INSTANCE, request.TagSpecifications);
  const added = Object.entries({ ...tags, ...system }).map(([Key, Value]) => ({ Key, Value }));
  return Array.from({ length: count }, (_, index) => {
    const instance = launchOne(call, request, reservation, structuredClone([...given, ...added]));
    instance.AmiLaunchIndex = index;
    return instance;
  });
}
