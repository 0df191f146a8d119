import type { FindingRule } from "./rule.ts";
import { disabledKey } from "./rules/disabled-key.ts";
import { gp2Volume } from "./rules/gp2-volume.ts";
import { idleDatabase } from "./rules/idle-database.ts";
import { idleNatGateway } from "./rules/idle-nat-gateway.ts";
import { idleTable } from "./rules/idle-table.ts";
import { loadBalancerWithoutTargets } from "./rules/load-balancer-without-targets.ts";
import { neverExpiringLogs } from "./rules/never-expiring-logs.ts";
import { oldSnapshot } from "./rules/old-snapshot.ts";
import { stoppedInstance } from "./rules/stopped-instance.ts";
import { unattachedAddress } from "./rules/unattached-address.ts";
import { unattachedVolume } from "./rules/unattached-volume.ts";
import { unreadSecret } from "./rules/unread-secret.ts";

/**
 * Every rule. A resource is found once, by the first that finds it, so that no money counts twice: what is not needed at
 * all stands before what could cost less.
 */
export const RULES: readonly FindingRule[] = [
  unattachedAddress,
  unattachedVolume,
  oldSnapshot,
  stoppedInstance,
  idleNatGateway,
  loadBalancerWithoutTargets,
  idleDatabase,
  idleTable,
  disabledKey,
  unreadSecret,
  neverExpiringLogs,
  gp2Volume,
];
