import type { Instance, InstanceStateName } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { keyNamed } from "../kms/keys.ts";
import { INSTANCE, VOLUME } from "./compute-kinds.ts";
import { letGo } from "./instance-end.ts";
import { refresh } from "./instance-parts.ts";
import { instanceSettings } from "./instance-settings.ts";
import { associate, lend } from "./interfaces.ts";
import { NETWORK_INTERFACE } from "./network-kinds.ts";
import { has, remove } from "./rows.ts";

type Row = Stored<Instance>;

/** Source: EC2 API reference, InstanceState. */
const CODES = { pending: 0, running: 16, "shutting-down": 32, terminated: 48, stopping: 64, stopped: 80 } as const;

/* How long a state on the way lasts, and the status checks after a start. About what a small Linux instance takes. */
const STOPPING_MS = 40_000;
const SHUTTING_DOWN_MS = 40_000;
const PENDING_MS = 20_000;
const CHECKING_MS = 90_000;
/** Terminated instances are told of for a while. Source: EC2 user guide, "Terminate Amazon EC2 instances". */
const REMEMBERED_MS = 3_600_000;

/** Where an instance is going and when it gets there. Not in the instance's row, because AWS does not tell. */
interface Move {
  readonly id: string;
  readonly until: number;
  readonly to: "running" | "stopped" | "terminated" | "forgotten";
  /** Why a start ends in `stopped`. */
  readonly reason?: Row["StateReason"];
}

const moves = (call: Call) => call.table<Move>("ec2.instance-move");
const checks = (call: Call) => call.table<{ until: number }>("ec2.instance-check");

export function turn(instance: Row, name: InstanceStateName): object {
  const PreviousState = instance.State;
  instance.State = { Code: CODES[name], Name: name };
  return { InstanceId: instance.InstanceId, CurrentState: instance.State, PreviousState };
}

/** The public address of Amazon's pool goes at a stop and another comes at the start; an Elastic IP address stays. */
function setPublicIp(call: Call, instance: Row, on: boolean): void {
  const primary = has(NETWORK_INTERFACE, call, instance.NetworkInterfaces?.[0]?.NetworkInterfaceId);
  if (!primary || primary.Association?.AllocationId) return;
  const wanted = on && instanceSettings(call, instance.InstanceId).publicIp;
  associate(primary, wanted ? lend(call, primary.VpcId) : undefined);
  refresh(call, instance);
}

/** Whether a key of its volumes lets nobody in: it is switched off, or the caller may not make a grant on it. */
function isLockedOut(call: Call, { InstanceId, BlockDeviceMappings }: Row): boolean {
  if (instanceSettings(call, InstanceId).grantRefused) return true;
  return (BlockDeviceMappings ?? []).some(({ Ebs }) => {
    const key = has(VOLUME, call, Ebs?.VolumeId)?.KmsKeyId;
    if (!key) return false;
    try {
      return !keyNamed(call, key).metadata.Enabled;
    } catch (error) {
      // Keys that the twin has no row for: AWS's own, and those of other accounts.
      if (error instanceof AwsFault) return false;
      throw error;
    }
  });
}

export function beginStop(call: Call, instance: Row): object {
  const id = instance.InstanceId ?? "";
  setPublicIp(call, instance, false);
  moves(call).put(id, { id, until: call.millis() + STOPPING_MS, to: "stopped" });
  return turn(instance, "stopping");
}

/** A start is accepted though the key of a volume can't be used; the instance then falls back. */
export function beginStart(call: Call, instance: Row): object {
  const id = instance.InstanceId ?? "";
  const until = call.millis() + PENDING_MS;
  const Code = "Client.InternalError";
  const reason = { Code, Message: `${Code}: Client error on launch` };
  moves(call).put(
    id,
    isLockedOut(call, instance) ? { id, until, to: "stopped", reason } : { id, until, to: "running" },
  );
  setPublicIp(call, instance, true);
  return turn(instance, "pending");
}

export function beginEnd(call: Call, instance: Row): object {
  const id = instance.InstanceId ?? "";
  checks(call).delete(id);
  moves(call).put(id, { id, until: call.millis() + SHUTTING_DOWN_MS, to: "terminated" });
  return turn(instance, "shutting-down");
}

/** Brings every instance whose time has come to where it was going. The twin has no background: whoever looks asks for it. */
export function turnOver(call: Call): void {
  for (const { id, until, to, reason } of moves(call).all()) {
    if (until > call.millis()) continue;
    moves(call).delete(id);
    const instance = has(INSTANCE, call, id);
    if (!instance) continue;
    if (to === "terminated" && until + REMEMBERED_MS > call.millis())
      moves(call).put(id, { id, until: until + REMEMBERED_MS, to: "forgotten" });
    else if (to === "terminated" || to === "forgotten") remove(INSTANCE, call, id);
    if (to === "terminated") letGo(call, instance);
    if (to === "forgotten") continue;
    turn(instance, to);
    if (to === "running") checks(call).put(id, { until: until + CHECKING_MS });
    if (!reason) continue;
    instance.StateReason = reason;
    setPublicIp(call, instance, false);
  }
}

/** Whether the status checks of a started instance are still to be passed. */
export function isChecking(call: Call, id: string | undefined): boolean {
  return (checks(call).get(id ?? "")?.until ?? 0) > call.millis();
}
