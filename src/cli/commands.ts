import { type CommandGroup, group, loads } from "./command.ts";
import { BRAKE } from "./commands/brake.command.ts";
import { COMPLETION } from "./commands/completion.command.ts";
import { CONFIG } from "./commands/config.command.ts";
import { COST } from "./commands/cost.command.ts";
import { DELTA } from "./commands/delta.command.ts";
import { DEMO } from "./commands/demo.command.ts";
import { DOCTOR } from "./commands/doctor.command.ts";
import { EXPLAIN } from "./commands/explain.command.ts";
import { FINDINGS } from "./commands/findings.command.ts";
import { HELP } from "./commands/help.command.ts";
import { HOME } from "./commands/home.command.ts";
import { IAM } from "./commands/iam.command.ts";
import { PAUSE, RECORDS, RESUME } from "./commands/pause.command.ts";
import { APPLY, PLAN } from "./commands/plan.command.ts";
import { REAP } from "./commands/reap.command.ts";
import { RESTORE } from "./commands/restore.command.ts";
import { RUNS } from "./commands/runs.command.ts";
import { SETUP } from "./commands/setup.command.ts";
import {
  SHED_FREEZE,
  SHED_PLAN,
  SHED_RESTORE,
  SHED_STATUS,
  SHED_STEP,
  SHED_UNFREEZE,
} from "./commands/shed-control.command.ts";
import { SHED_SIMULATE } from "./commands/shed-simulate.command.ts";
import { SNAPSHOT } from "./commands/snapshot.command.ts";
import { STATUS } from "./commands/status.command.ts";
import { TYPES } from "./commands/types.command.ts";
import { WHOAMI } from "./commands/whoami.command.ts";

/** Everything that can be typed. Data only: behaviour is loaded when a command runs. */
export const ROOT: CommandGroup = group({
  brief: "keeps an AWS account on an even keel",
  description: "says what an AWS account has, costs and changed; pauses it and puts it back",
  commands: {
    home: loads(HOME, () => import("./commands/home.ts")),
    setup: loads(SETUP, () => import("./commands/setup.ts")),
    snapshot: SNAPSHOT,
    delta: loads(DELTA, () => import("./commands/delta.ts")),
    status: loads(STATUS, () => import("./commands/status.ts")),
    findings: loads(FINDINGS, () => import("./commands/findings.ts")),
    cost: loads(COST, () => import("./commands/cost.ts")),
    brake: loads(BRAKE, () => import("./commands/brake.ts")),
    pause: loads(PAUSE, () => import("./commands/pause.ts")),
    resume: loads(RESUME, () => import("./commands/resume.ts")),
    records: loads(RECORDS, () => import("./commands/records.ts")),
    reap: loads(REAP, () => import("./commands/reap.ts")),
    restore: loads(RESTORE, () => import("./commands/restore.ts")),
    shed: group({
      brief: "move load away from an overrun target group, and back",
      commands: {
        status: loads(SHED_STATUS, () => import("./commands/shed-status.ts")),
        plan: loads(SHED_PLAN, () => import("./commands/shed-plan.ts")),
        step: loads(SHED_STEP, () => import("./commands/shed-step.ts")),
        restore: loads(SHED_RESTORE, () => import("./commands/shed-restore.ts")),
        freeze: loads(SHED_FREEZE, () => import("./commands/shed-freeze.ts")),
        unfreeze: loads(SHED_UNFREEZE, () => import("./commands/shed-unfreeze.ts")),
        simulate: loads(SHED_SIMULATE, () => import("./commands/shed-simulate.ts")),
      },
    }),
    plan: PLAN,
    apply: loads(APPLY, () => import("./commands/apply.ts")),
    runs: loads(RUNS, () => import("./commands/runs.ts")),
    explain: loads(EXPLAIN, () => import("./commands/explain.ts")),
    types: loads(TYPES, () => import("./commands/types.ts")),
    whoami: loads(WHOAMI, () => import("./commands/whoami.ts")),
    doctor: loads(DOCTOR, () => import("./commands/doctor.ts")),
    config: CONFIG,
    iam: IAM,
    completion: loads(COMPLETION, () => import("./commands/completion.ts")),
    demo: loads(DEMO, () => import("./commands/demo.ts")),
    help: HELP,
  },
});
