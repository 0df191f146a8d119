import {
  DescribeInstanceAttributeCommand,
  DescribeInstanceTypesCommand,
  EC2Client,
  type Instance,
} from "@aws-sdk/client-ec2";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { PauseState, ReadScope } from "../contract.ts";
import { orGone } from "../reading.ts";
import { instanceById, spotRequestById, volumesOfInstance } from "./instance-batches.ts";
import { idIs } from "./reading.ts";

/** Source: EC2 user guide, "Instance lifecycle". */
const PHASES: Readonly<Record<string, PauseState["phase"]>> = {
  pending: "moving",
  running: "running",
  stopping: "moving",
  "shutting-down": "moving",
  stopped: "paused",
};

/** Reads all that a stop takes away or moves, and what decides whether it may be stopped and will come back. */
export async function capture(scope: ReadScope, id: string): Promise<PauseState | undefined> {
  const found = await instanceById(scope.client(EC2Client), id);
  if (!found || found.State?.Name === "terminated") return undefined;
  const details = await orGone(
    Promise.all([
      found.State?.Name === "running" ? stopProtection(scope, id) : {},
      spotRequest(scope, found),
      instanceStore(scope, found.InstanceType ?? ""),
      volumeKeys(scope, id),
    ]),
  );
  if (!details) return undefined;
  const [protection, spot, store, keys] = details;
  const name = found.State?.Name ?? "unknown";
  const reason = fellBack(found);
  return {
    phase: PHASES[name] ?? "moving",
    saved: toJson({ ...basics(found), ...protection, ...spot, ...store, ...keys }) as JsonObject,
    words: reason ? `${name}: EC2 could not keep it running: ${reason}` : name,
    ...(reason ? { live: { stoppedBecause: reason } } : {}),
  };
}

/** What the description itself tells; `publicAddress` only where it is not an Elastic IP. */
function basics(found: Instance): object {
  const primary = found.NetworkInterfaces?.find((each) => each.Attachment?.DeviceIndex === 0);
  const isLent = primary?.Association?.IpOwnerId === "amazon";
  const address = found.PublicIpAddress;
  return {
    instanceType: found.InstanceType,
    zone: found.Placement?.AvailabilityZone,
    lifecycle: found.InstanceLifecycle ?? "on-demand",
    rootDevice: found.RootDeviceType,
    privateAddress: found.PrivateIpAddress,
    hibernation: found.HibernationOptions?.Configured ?? false,
    ...(address ? { [isLent ? "publicAddress" : "elasticAddress"]: address } : {}),
    ...(found.Operator?.Managed ? { operator: found.Operator.Principal ?? "an AWS service" } : {}),
  };
}

/**
 * Why EC2 stopped it, where neither its owner nor its system did. A start with a KMS key that can't be used is accepted,
 * and the instance falls back. Source: EC2 user guide, "Troubleshoot instance launch issues", "Client.InternalError".
 */
function fellBack({ State, StateReason }: Instance): string | undefined {
  const { Code = "", Message = Code } = StateReason ?? {};
  if (State?.Name !== "stopped" || Code === "" || /(User|Instance)InitiatedShutdown|Hibernate/.test(Code)) return;
  const hint = Code.startsWith("Client.") ? " (is the KMS key of its volumes enabled and may be granted?)" : "";
  return `${Message}${hint}`;
}

/**
 * The listing does not tell it: it needs a call for each instance, and so is asked for only where it decides something.
 * What waits for hundreds of instances to stop looks at each of them many times.
 */
async function stopProtection(scope: ReadScope, InstanceId: string): Promise<object> {
  const asked = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: "disableApiStop" });
  return { stopProtection: (await scope.client(EC2Client).send(asked)).DisableApiStop?.Value ?? false };
}

async function spotRequest(scope: ReadScope, { SpotInstanceRequestId: id }: Instance): Promise<object> {
  if (!id) return {};
  const request = await spotRequestById(scope.client(EC2Client), id);
  return { spotRequest: { type: request?.Type, state: request?.State, launchGroup: request?.LaunchGroup } };
}

/** The disks of a type never change, so they are asked for once per client. */
const DISKS = new WeakMap<EC2Client, Map<string, Promise<object>>>();

function instanceStore(scope: ReadScope, type: string): Promise<object> {
  const client = scope.client(EC2Client);
  const known = DISKS.get(client) ?? new Map<string, Promise<object>>();
  DISKS.set(client, known);
  const reading = known.get(type) ?? readDisks(client, type);
  known.set(type, reading);
  // A failure is not remembered.
  reading.catch(() => known.delete(type));
  return reading;
}

async function readDisks(client: EC2Client, type: string): Promise<object> {
  const answer = await client.send(new DescribeInstanceTypesCommand({ Filters: idIs("instance-type", type) }));
  const { Disks = [], TotalSizeInGB = 0 } = answer.InstanceTypes?.[0]?.InstanceStorageInfo ?? {};
  const disks = Disks.reduce((sum, { Count = 0 }) => sum + Count, 0);
  return disks > 0 ? { instanceStore: { disks, gigabytes: TotalSizeInGB } } : {};
}

/** The KMS keys that a start needs. */
async function volumeKeys(scope: ReadScope, id: string): Promise<object> {
  const volumes = await volumesOfInstance(scope.client(EC2Client), id);
  const keys = [...new Set(volumes.flatMap(({ KmsKeyId }) => KmsKeyId ?? []))].sort();
  return keys.length > 0 ? { keys } : {};
}
