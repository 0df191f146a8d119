import type { Call } from "../../service.ts";

/** What DescribeInstances leaves out of an instance. */
export interface InstanceSettings {
  reservation: string;
  disableApiTermination: boolean;
  disableApiStop: boolean;
  shutdownBehavior: string;
  userData?: string;
  /** A public address of Amazon's pool is given at each start. */
  publicIp: boolean;
  /** Nobody may make a grant on the KMS key of its volumes: a start is accepted and falls back to stopped. */
  grantRefused?: boolean;
}

export function instanceSettings(call: Call, id: string | undefined): InstanceSettings {
  const settings = call.table<InstanceSettings>("ec2.instance-settings");
  const fresh: InstanceSettings = {
    reservation: `r-${(id ?? "").slice(2)}`,
    disableApiTermination: false,
    disableApiStop: false,
    shutdownBehavior: "stop",
    publicIp: false,
  };
  return settings.get(id ?? "") ?? settings.put(id ?? "", fresh);
}
