import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteListenerCommand,
  ElasticLoadBalancingV2Client as ELB,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { shedTrial } from "../../tests/contract/shed-trial.ts";
import type { Clock } from "../model/clock.ts";
import { EXIT } from "../model/errors.ts";
import type { ShedState } from "../model/shed.ts";
import { folderStore } from "../store/folder.ts";
import { storeLedger } from "../store/shed-ledger.ts";
import { FAULTS } from "../twin/faults.ts";
import { commandLine } from "./trial.test-data.ts";

type Hook = () => unknown;

/** A listener whose default rule has the weights 100 and 0, and another rule 200 and 0; the command line beside it. */
async function listener(env: Readonly<Record<string, string>> = {}, terminal = false) {
  const trial = await shedTrial();
  const { account, groups, context } = trial;
  const { twin, send, connection } = account;
  await send(ELB, new RegisterTargetsCommand({ TargetGroupArn: groups.primary, Targets: [{ Id: "10.0.0.1" }] }));
  const hooks: { beforeSleep?: Hook | undefined } = {};
  const clock: Clock = {
    now: () => twin.clock.now(),
    sleep: async (ms, signal) => {
      const { beforeSleep } = hooks;
      hooks.beforeSleep = undefined;
      await beforeSleep?.();
      await twin.clock.sleep(ms, signal);
    },
  };
  const cli = commandLine({
    connect: async () => connection,
    env: {
      ELB_LISTENER_ARN: context.settings.listener,
      ELB_TARGET_GROUP_ARN: groups.primary,
      CW_ALARM_NAME: context.settings.alarm,
      ELB_SHED_PERCENT: "20",
      ELB_RESTORE_PERCENT: "20",
      SHED_EMPTY_GROUPS: groups.standby,
      ...env,
    },
    clock,
    terminal,
  });
  const store = join(cli.folder, "store");
  const ledger = storeLedger(folderStore(store), connection.account);
  const stand = async () => (await ledger.read(context.settings.listener)) as ShedState;
  const writes = () => twin.log.filter(({ operation }) => operation.startsWith("Modify")).length;
  account.calls.length = 0;
  twin.log.length = 0;
  return {
    ...trial,
    ...cli,
    hooks,
    twin,
    ledger,
    stand,
    writes,
    store,
    listenerArn: context.settings.listener,
    shed: (...argv: string[]) => cli.run("shed", ...argv),
    configure: (text: string) => writeFileSync(join(cli.folder, "evenkeel.yaml"), text),
  };
}

/** Runs something once, before the next call of an operation is answered. */
function rightBefore(twin: { handle: (request: never) => Promise<object> }, operation: string, hook: Hook): void {
  const { handle } = twin;
  twin.handle = async (request: { readonly operation: string }) => {
    if (request.operation === operation) {
      twin.handle = handle;
      await hook();
    }
    return handle(request as never);
  };
}

const parsed = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe("evenkeel shed status", () => {
  it("tells of a listener that nothing was ever done to, and changes nothing", async () => {
    const { shed, writes, store } = await listener();
    const { code, stdout, stderr } = await shed("status");

    expect(code).toBe(EXIT.done);
    expect(stdout).toContain("idle: nothing is shed");
    expect(stdout).toContain("web-overrun: INSUFFICIENT_DATA");
    expect(stdout).toContain("empty on purpose");
    expect(stderr).toContain("evenkeel shed plan");
    expect(writes()).toBe(0);
    expect(existsSync(store)).toBe(false);
  });

  it("tells level, since when, why, next step, rules and log; the same as JSON", async () => {
    const { shed, listenerArn, groups } = await listener();
    await shed("step", "--yes");
    const { stdout } = await shed("status", "--log");
    expect(stdout).toMatch(/state +shedding: 20 %/);
    expect(stdout).toMatch(/since +2026-/);
    expect(stdout).toMatch(/why +a person has asked for it/);
    expect(stdout).toMatch(/next step +in 1 min/);
    expect(stdout).toMatch(/default +primary 100, standby 0 +primary 80, standby 20 +primary 80, standby 20/);
    expect(stdout).toContain("step 1, by person: shedding at 20 %");

    const told = parsed((await shed("status", "--output", "json")).stdout);
    expect(told).toMatchObject({ listener: listenerArn, phase: "shedding", level: 20, overdue: false, generation: 1 });
    expect(told.rules).toContainEqual({
      rule: listenerArn,
      baseline: { [groups.primary]: 100, [groups.standby]: 0 },
      now: { [groups.primary]: 80, [groups.standby]: 20 },
      wanted: { [groups.primary]: 80, [groups.standby]: 20 },
    });
    expect((await shed("status", "--output", "csv")).stdout.split("\r\n")).toHaveLength(6);
  });

  it("says that the loop has stopped when the next step is long overdue", async () => {
    const { shed, twin } = await listener();
    await shed("step", "--yes");
    await twin.clock.sleep(600_000);

    expect((await shed("status")).stdout).toMatch(/was due 9 minutes ago: the loop has stopped.*evenkeel shed step/);
  });

  it("works without the alarm and without the listener", async () => {
    const { shed, account, context, listenerArn } = await listener();
    await account.send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames: [context.settings.alarm] }));
    expect((await shed("status")).stdout).toContain("there is no such alarm");
    await account.send(ELB, new DeleteListenerCommand({ ListenerArn: listenerArn }));
    const { code, stdout } = await shed("status");
    expect(code).toBe(EXIT.done);
    expect(stdout).toContain("the listener is gone");
  });

  it("says what to do about a damaged state, with the weights as they are, and no step is made from it", async () => {
    const { shed, store, primaries } = await listener();
    await shed("step", "--yes");
    const [newest = ""] = readdirSync(store, { recursive: true })
      .map(String)
      .filter((path) => /\d{10}[.]json$/.test(path))
      .sort()
      .reverse();
    writeFileSync(join(store, newest), "{");

    const { code, stdout } = await shed("status");
    expect(code).toBe(EXIT.refused);
    expect(stdout).toContain("Damaged");
    expect(stdout).toContain("the revision before it");
    expect(stdout).toContain("primary 80, standby 20");
    expect((await shed("step", "--yes")).code).toBe(EXIT.refused);
    expect(await primaries()).toEqual([80, 160]);
  });

  it("points out a rule whose total is so small that a step does nothing", async () => {
    const { shed, setWeights, rule } = await listener();
    await setWeights(rule, 1, 0);

    expect((await shed("status")).stdout).toMatch(/add up to 1, so that a first step of 20 % changes nothing/);
  });

  it("--all lists what the ledger knows, without being told a listener", async () => {
    const { shed } = await listener();
    await shed("step", "--yes");
    expect((await shed("status", "--all")).stdout).toMatch(/web \(eu-west-1, \w+\) +shedding +20 %/);
    expect((await shed("status", "web", "--all")).code).toBe(EXIT.usage);
  });
});

describe("evenkeel shed plan", () => {
  it("tells the next step and the levels after it, and changes nothing", async () => {
    const { shed, alarm, writes, stand } = await listener({ MAX_ELB_SHED_PERCENT: "50" });
    expect((await shed("plan")).stdout).toContain("no rule to write");
    await alarm("ALARM");
    const { code, stdout } = await shed("plan");

    expect(code).toBe(EXIT.done);
    expect(stdout).toContain("the alarm web-overrun is on: 2 rules to write");
    expect(stdout.match(/^ *(\d+) % of at most 50 %/gm)?.map((text) => text.trim().split(" ")[0])).toEqual([
      "20",
      "40",
      "50",
    ]);
    expect(stdout).toContain("the cap of 50 %");
    expect(parsed((await shed("plan", "--to", "50", "--output", "json")).stdout)).toMatchObject({
      changes: 2,
      decision: { degree: { level: 50 } },
    });
    expect(writes()).toBe(0);
    expect(await stand()).toBeUndefined();
  });

  it("refuses a level that is none, before any call", async () => {
    const { shed, account } = await listener();
    for (const level of ["101", "-1", "2.5"]) expect((await shed("plan", `--to=${level}`)).code).toBe(EXIT.usage);
    expect(account.calls).toEqual([]);
  });
});

describe("evenkeel shed step", () => {
  it("shows the plan and changes nothing unless confirmed", async () => {
    const { shed, writes, stand } = await listener();
    const asked = await shed("step");
    expect(asked.code).toBe(EXIT.cancelled);
    expect(asked.stderr).toContain("primary 80, standby 20");
    const dry = await shed("step", "--dry-run");
    expect(dry.code).toBe(EXIT.done);
    expect(dry.stdout).toContain("primary 80, standby 20");
    expect(writes()).toBe(0);
    expect(await stand()).toBeUndefined();
  });

  it("sheds one step, up to a level, and no more than the cap; then there is nothing to do", async () => {
    const { shed, primaries } = await listener({ MAX_ELB_SHED_PERCENT: "50" });
    const { code, stdout } = await shed("step", "--yes", "--output", "json");
    expect(code).toBe(EXIT.done);
    expect(parsed(stdout)).toMatchObject({ changes: 2, state: { phase: "shedding", degree: { level: 20 } } });
    expect(await primaries()).toEqual([80, 160]);

    expect((await shed("step", "--to", "10", "--yes")).code).toBe(EXIT.refused);
    expect((await shed("step", "--to", "60", "--yes")).stderr).toContain("the cap of 50 %");
    expect((await shed("step", "--to", "50", "--yes")).code).toBe(EXIT.done);
    expect(await primaries()).toEqual([50, 100]);
    expect((await shed("step", "--yes")).stderr).toContain("nothing to do");
  });

  it("is refused where the receiving group is in no state to take more", async () => {
    const { shed, writes, stand } = await listener({ SHED_EMPTY_GROUPS: "" });
    const { code, stderr } = await shed("step", "--yes");

    expect(code).toBe(EXIT.refused);
    expect(stderr).toContain("the target group standby has no target");
    expect(writes()).toBe(0);
    expect(await stand()).toBeUndefined();
  });

  it("leaves a protected rule alone, and says so", async () => {
    const { shed, configure, rule, primaries } = await listener();
    configure(`guards:\n  protect:\n    - id: "${rule}"\n`);

    expect((await shed("status")).stdout).toMatch(/is left alone: .*protect/);
    await shed("step", "--yes");
    expect(await primaries()).toEqual([80, 200]);
  });

  it("ends with 5 when a rule was not written; the next step brings it to its end", async () => {
    const { shed, twin, primaries } = await listener();
    twin.faults = [{ ...FAULTS.denied, operation: "ModifyRule" }];
    const { code, stderr } = await shed("step", "--yes");
    expect(code).toBe(EXIT.partial);
    expect(stderr).toContain("1 of 2 rules");
    expect((await shed("status")).stdout).toContain("a step to 20 % was cut short");

    twin.faults = [];
    expect((await shed("step", "--to", "20", "--yes")).code).toBe(EXIT.done);
    expect(await primaries()).toEqual([80, 160]);
  });

  it("does what was confirmed, or nothing: of two at once one is refused and shown the plan anew", async () => {
    const { shed, twin, primaries, stand } = await listener();
    rightBefore(twin, "DescribeTargetHealth", async () => expect((await shed("step", "--yes")).code).toBe(EXIT.done));
    const { code, stderr } = await shed("step", "--yes");

    expect(code).toBe(EXIT.refused);
    expect(stderr).toContain("no longer what was confirmed");
    expect(stderr).toMatch(/primary 80, standby 20 +primary 60, standby 40/);
    expect(await primaries()).toEqual([80, 160]);
    expect((await stand()).lease).toBeUndefined();
  });

  it("two at once by a table of the listener's region: one step is made, and no more", async () => {
    const { shed, account, primaries } = await listener({ SHED_STATE: "dynamodb:shed", AWS_REGION: "us-east-1" });
    const keys = ["pk", "sk"] as const;
    await account.send(
      DynamoDBClient,
      new CreateTableCommand({
        TableName: "shed",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? "HASH" : "RANGE" })),
        AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      }),
    );
    const ends = await Promise.all(["a", "b", "c"].map(() => shed("step", "--yes")));

    expect(ends.map(({ code }) => code).sort()).toEqual([EXIT.done, EXIT.refused, EXIT.refused]);
    expect(await primaries()).toEqual([80, 160]);
    expect((await shed("status")).stdout).toContain("shedding: 20 %");
  });

  it("waits for whoever is at work, and no longer than a lease lasts", async () => {
    const { shed, ledger, stand, twin, primaries } = await listener();
    await shed("step", "--yes");
    const lease = (ms: number) => ({
      owner: "the function",
      until: new Date(twin.clock.now() + ms).toISOString() as never,
    });
    const held = await stand();
    await ledger.write({ ...held, revision: held.revision + 1, lease: lease(60_000) });
    const { code, stderr } = await shed("step", "--yes");
    expect(code).toBe(EXIT.done);
    expect(stderr).toContain("the function is at work");
    expect(await primaries()).toEqual([60, 120]);

    const again = await stand();
    await ledger.write({ ...again, revision: again.revision + 1, lease: lease(3_600_000) });
    expect((await shed("step", "--yes")).code).toBe(EXIT.refused);
    expect(await primaries()).toEqual([60, 120]);
  });
});

describe("weights that somebody else has written", () => {
  async function foreign() {
    const topic = "arn:aws:sns:eu-west-1:111111111111:alerts";
    const trial = await listener({ SNS_TOPIC_ARN: topic });
    await trial.account.send(SNSClient, new CreateTopicCommand({ Name: "alerts" }));
    await trial.shed("step", "--yes");
    await trial.setWeights(trial.rule, 150, 50);
    trial.twin.log.length = 0;
    return trial;
  }

  it("show as lost; a step writes nothing, tells, and says what a person can do", async () => {
    const { shed, stand, writes, twin } = await foreign();
    const { stdout } = await shed("status");
    expect(stdout).toMatch(/state +lost: 20 %/);
    expect(stdout).toContain("primary 150, standby 50");

    for (const line of [["step"], ["restore"], ["step", "--to", "50"]]) {
      const { code, stderr } = await shed(...line, "--yes");
      expect(code).toBe(EXIT.refused);
      expect(stderr).toContain("evenkeel shed restore --now");
      expect(stderr).toContain("evenkeel shed unfreeze --accept");
    }
    expect((await shed("unfreeze", "--yes")).code).toBe(EXIT.refused);
    expect((await stand()).phase).toBe("lost");
    expect(writes()).toBe(0);
    expect(twin.log.filter(({ operation }) => operation === "Publish")).toHaveLength(1);
  });

  it("that are put right in this very moment bring no step about that nobody has confirmed", async () => {
    const { shed, twin, setWeights, rule, writes, stand } = await foreign();
    rightBefore(twin, "DescribeTargetHealth", () => setWeights(rule, 160, 40));
    expect((await shed("step")).code).toBe(EXIT.refused);
    expect(writes()).toBe(1);
    expect((await stand()).phase).toBe("shedding");
    expect((await shed("step", "--yes")).code).toBe(EXIT.done);
  });

  it("are only shown by a dry run", async () => {
    const { shed, stand } = await foreign();
    expect((await shed("step", "--dry-run")).code).toBe(EXIT.refused);
    expect((await stand()).phase).toBe("shedding");
  });

  it("give way to `restore --now`", async () => {
    const { shed, primaries, stand } = await foreign();
    expect((await shed("restore", "--now", "--yes")).code).toBe(EXIT.done);
    expect(await primaries()).toEqual([100, 200]);
    expect(await stand()).toMatchObject({ phase: "idle", baseline: [] });
  });

  it.each(["seen by a step", "seen by nobody yet"])(
    "count as the baseline by `unfreeze --accept`: %s",
    async (seen) => {
      const { shed, primaries, stand } = await foreign();
      if (seen === "seen by a step") await shed("step", "--yes");
      expect((await shed("unfreeze", "--accept", "--yes")).code).toBe(EXIT.done);
      expect(await primaries()).toEqual([80, 150]);
      expect(await stand()).toMatchObject({ phase: "idle", baseline: [] });
    },
  );

  it("are not accepted where they are no longer those that were confirmed", async () => {
    const { shed, twin, setWeights, rule, stand } = await foreign();
    await shed("step", "--yes");
    rightBefore(twin, "DescribeTargetHealth", () => setWeights(rule, 20, 180));
    const { code } = await shed("unfreeze", "--accept", "--yes");
    // The rules had been read by then: what the step itself reads is something else.
    expect(code).toBe(EXIT.refused);
    expect((await stand()).phase).toBe("lost");
  });
});

describe("evenkeel shed restore", () => {
  it("without a queue goes on step by step, a restore delay apart, to the baseline", async () => {
    const { shed, primaries, stand, twin, alarm } = await listener();
    await alarm("ALARM");
    await shed("step", "--to", "60", "--yes");
    const began = twin.clock.now();
    const { code, stdout, stderr } = await shed("restore", "--yes", "--output", "json");

    expect(code).toBe(EXIT.done);
    expect(parsed(stdout)).toMatchObject({ changes: 6, state: { phase: "idle" } });
    expect(stderr).not.toContain("error");
    expect(await primaries()).toEqual([100, 200]);
    expect(await stand()).toMatchObject({ phase: "idle", baseline: [], generation: 4 });
    expect(twin.clock.now() - began).toBeGreaterThanOrEqual(240_000);
    expect((await shed("restore", "--yes")).stderr).toContain("nothing to do");
  });

  it("with a queue sends the message for the next step and returns", async () => {
    const { shed, account, configure, primaries, twin } = await listener();
    const { QueueUrl = "" } = await account.send(SQSClient, new CreateQueueCommand({ QueueName: "steps" }));
    configure(`shed:\n  queue: ${QueueUrl}\n`);
    await shed("step", "--to", "60", "--yes");
    twin.log.length = 0;
    const { code, stderr } = await shed("restore", "--yes");

    expect(code).toBe(EXIT.done);
    expect(stderr).toContain("The queue's messages give the rest back");
    expect(await primaries()).toEqual([60, 120]);
    const [sent] = twin.log.filter(({ operation }) => operation === "SendMessage");
    expect(sent?.input).toMatchObject({ DelaySeconds: 120, QueueUrl });
  });

  it("--now gives all back in one step, whatever the alarm and the health of the groups", async () => {
    const { shed, primaries, alarm } = await listener();
    await shed("step", "--to", "100", "--yes");
    await alarm("ALARM");
    const dry = await shed("restore", "--now", "--dry-run");
    expect(dry.stdout).toContain("primary 100, standby 0");
    expect(await primaries()).toEqual([0, 0]);
    expect((await shed("restore", "--now", "--yes")).code).toBe(EXIT.done);
    expect(await primaries()).toEqual([100, 200]);
  });

  it("--now gives all back although the loop makes a step in between", async () => {
    const { shed, twin, primaries } = await listener();
    await shed("step", "--yes");
    rightBefore(twin, "DescribeTargetHealth", () => shed("step", "--yes"));
    const { code, stderr } = await shed("restore", "--now", "--yes");
    expect(code).toBe(EXIT.done);
    expect(stderr).toContain("this is how it stands now");
    expect(await primaries()).toEqual([100, 200]);
  });

  it("stands at a whole step after Ctrl-C, and the next one goes on from there", async () => {
    const { shed, primaries, stand, hooks, abort } = await listener();
    await shed("step", "--to", "60", "--yes");
    hooks.beforeSleep = () => abort.abort();
    const { code, stderr } = await shed("restore", "--yes");

    expect(code).toBe(EXIT.cancelled);
    expect(stderr).toContain("`evenkeel shed restore` goes on");
    expect(await primaries()).toEqual([60, 120]);
    const left = await stand();
    expect(left).toMatchObject({ phase: "restoring", degree: { level: 40 } });
    expect(left.lease).toBeUndefined();
    expect(left.pending).toBeUndefined();
  });

  it("ends when somebody freezes it meanwhile", async () => {
    const { shed, primaries, hooks, stand } = await listener();
    await shed("step", "--to", "60", "--yes");
    hooks.beforeSleep = async () => expect((await shed("freeze", "--yes")).code).toBe(EXIT.done);
    const { code, stderr } = await shed("restore", "--yes");

    expect(code).toBe(EXIT.refused);
    expect(stderr).toContain("it is frozen");
    expect(await primaries()).toEqual([60, 120]);
    expect((await stand()).phase).toBe("frozen");
  });

  it("has nothing left to do when somebody else gives all back meanwhile", async () => {
    const { shed, primaries, hooks } = await listener();
    await shed("step", "--to", "60", "--yes");
    hooks.beforeSleep = () => shed("restore", "--now", "--yes");
    expect((await shed("restore", "--yes")).code).toBe(EXIT.done);
    expect(await primaries()).toEqual([100, 200]);
  });

  it("tries a step again that failed, and gives up after the third time", async () => {
    const { shed, primaries, hooks, twin } = await listener();
    await shed("step", "--to", "60", "--yes");
    hooks.beforeSleep = () => {
      twin.faults = [{ ...FAULTS.denied, operation: "ModifyRule", times: 1 }];
    };
    const { code, stderr } = await shed("restore", "--yes");
    expect(stderr).toContain("the step is tried again");
    expect(code).toBe(EXIT.done);
    expect(await primaries()).toEqual([100, 200]);

    await shed("step", "--to", "60", "--yes");
    hooks.beforeSleep = () => {
      twin.faults = [{ ...FAULTS.denied, operation: "ModifyRule" }];
    };
    expect((await shed("restore", "--yes")).code).toBe(EXIT.partial);
  });
});

describe("what limits and surrounds it", () => {
  it("a guard refuses to shed more, before anybody is asked; giving back is never limited", async () => {
    const { shed, configure, primaries, writes } = await listener();
    const limit = "guards:\n  max-steps: 1\n";
    configure(limit);
    const refused = await shed("step", "--yes");
    expect(refused.code).toBe(EXIT.refused);
    expect(refused.stderr).toContain("guard max-steps");
    expect(writes()).toBe(0);

    configure("");
    await shed("step", "--to", "40", "--yes");
    configure(limit);
    expect((await shed("step", "--yes")).code).toBe(EXIT.refused);
    expect((await shed("restore", "--yes")).code).toBe(EXIT.done);
    expect(await primaries()).toEqual([100, 200]);
  });

  it("whoever gives back against the alarm is told what comes of it", async () => {
    const { shed, alarm } = await listener();
    await alarm("ALARM");
    await shed("step", "--yes");
    const { stderr } = await shed("restore", "--now", "--yes");
    expect(stderr).toContain("the alarm web-overrun is on");
    expect(stderr).toContain("nothing is shed again by itself");
  });

  it("of a listener that was deleted nothing is left to give back", async () => {
    const { shed, account, listenerArn, stand } = await listener();
    await shed("step", "--yes");
    await account.send(ELB, new DeleteListenerCommand({ ListenerArn: listenerArn }));
    expect((await shed("restore", "--dry-run")).stdout).toContain("its state is dropped");
    expect((await shed("restore", "--yes")).code).toBe(EXIT.done);
    expect(await stand()).toMatchObject({ phase: "idle", baseline: [] });
  });

  it("is no wider than the terminal, but for what is copied", async () => {
    const { shed } = await listener({}, true);
    await shed("step", "--yes");
    for (const line of [["status", "--log"], ["plan"], ["step", "--dry-run"], ["restore", "--dry-run"]]) {
      const { code, stdout } = await shed(...line, "--no-color");
      expect(code).toBe(EXIT.done);
      expect(stdout.split("\n").filter((text) => stringWidth(text) > 80 && !text.includes("arn:"))).toEqual([]);
    }
  });

  it("`explain` says of a rule how its listener stands", async () => {
    const { shed, run, rule } = await listener();
    await shed("step", "--yes");
    const { code, stderr } = await run("explain", rule, "--regions", "eu-west-1");
    expect(code).toBe(EXIT.done);
    expect(stderr).toContain("Shedding of its listener: shedding: 20 %");
  });
});

describe("evenkeel shed freeze", () => {
  it("leaves the weights until unfrozen; only `restore --now` works all the same", async () => {
    const { shed, primaries, stand } = await listener();
    await shed("step", "--yes");
    expect((await shed("freeze", "--yes")).code).toBe(EXIT.done);
    expect((await shed("freeze", "--yes")).stderr).toContain("nothing to do");
    for (const line of [["step"], ["restore"], ["step", "--to", "50"], ["unfreeze", "--accept"]])
      expect((await shed(...line, "--yes")).code).toBe(EXIT.refused);
    expect(await primaries()).toEqual([80, 160]);

    expect((await shed("unfreeze", "--yes")).code).toBe(EXIT.done);
    expect((await stand()).phase).not.toBe("frozen");
    await shed("freeze", "--yes");
    expect((await shed("restore", "--now", "--yes")).code).toBe(EXIT.done);
    expect(await primaries()).toEqual([100, 200]);
  });

  it("wants to be confirmed, and does not mind that the loop has moved on since", async () => {
    const { shed, twin, stand } = await listener();
    expect((await shed("freeze")).code).toBe(EXIT.cancelled);
    rightBefore(twin, "DescribeTargetHealth", () => shed("step", "--yes"));
    expect((await shed("freeze", "--yes")).code).toBe(EXIT.done);
    expect(await stand()).toMatchObject({ phase: "frozen", degree: { level: 20 } });
  });
});

describe("where the parameters come from", () => {
  const WITHOUT = { ELB_LISTENER_ARN: "", ELB_TARGET_GROUP_ARN: "", CW_ALARM_NAME: "", ELB_SHED_PERCENT: "" };

  it("option before environment before the listener's own before what all share", async () => {
    const { shed, configure, listenerArn, groups } = await listener(WITHOUT);
    configure(
      [
        "shed:",
        "  shed-percent: 7",
        "  restore-percent: 7",
        "  shed-delay: 70",
        "  listeners:",
        "    web:",
        `      listener: ${listenerArn}`,
        `      primary: ${groups.primary}`,
        "      alarm: web-overrun",
        "      shed-percent: 8",
        "      restore-percent: 8",
        "",
      ].join("\n"),
    );
    const settings = async (...line: string[]) => {
      const { stdout } = await shed("status", ...line, "--output", "json");
      return parsed(stdout).settings;
    };
    // The environment says 20.
    expect(await settings()).toMatchObject({ shedPercent: 8, restorePercent: 20, shedDelaySeconds: 70 });
    expect(await settings("web", "--restore-percent", "9")).toMatchObject({ shedPercent: 8, restorePercent: 9 });
    expect(await settings("--listener", listenerArn)).toMatchObject({ shedPercent: 8 });
    const { code, stderr } = await shed("status", "wep");
    expect(code).toBe(EXIT.usage);
    expect(stderr).toContain("did you mean web?");
  });

  it("never half from one listener and half from another", async () => {
    const { shed, configure, listenerArn, groups, account } = await listener(WITHOUT);
    const other = listenerArn.replace(/\w{16}$/, "00000000000000aa");
    const entry = (name: string, arn: string) =>
      `    ${name}:\n      listener: ${arn}\n      primary: ${groups.primary}\n      alarm: ${name}\n`;
    configure(`shed:\n  listeners:\n${entry("web", listenerArn)}${entry("api", other)}`);

    const which = await shed("status");
    expect(which.code).toBe(EXIT.usage);
    expect(which.stderr).toContain("web, api");
    expect((await shed("status", "web", "--listener", other)).code).toBe(EXIT.usage);
    // Nothing is known of a third one but what is shared.
    const third = await shed("status", "--listener", other.replace("aa", "bb"));
    expect(third.code).toBe(EXIT.usage);
    expect(third.stderr).toContain("--primary");
    expect(account.calls).toEqual([]);
  });

  it.each([
    ["shed:\n  shed-percent: 0\n", "shed.shed-percent: must be at least 1"],
    ["shed:\n  shed-percnt: 5\n", 'did you mean "shed-percent"?'],
    [
      "shed:\n  listeners:\n    web:\n      listener: arn:aws:s3:::web\n",
      "must be the ARN of an Application Load Balancer's listener",
    ],
  ])("a mistake in evenkeel.yaml is told with its line: %j", async (text, problem) => {
    const { shed, configure, account } = await listener();
    configure(text);
    const { code, stderr } = await shed("status");
    expect(code).toBe(EXIT.usage);
    expect(stderr).toContain(problem);
    expect(account.calls).toEqual([]);
  });

  it("a value out of range is told by the name it was given by, before any call", async () => {
    const { shed, account } = await listener({ SHED_MESG_DELAY_SEC: "59" });
    expect((await shed("status")).stderr).toContain(
      'SHED_MESG_DELAY_SEC can\'t be "59": it is a whole number from 60 to 300',
    );
    const { code, stderr } = await shed("step", "--shed-delay", "301", "--yes");
    expect(code).toBe(EXIT.usage);
    expect(stderr).toContain("--shed-delay can't be 301");
    expect(account.calls).toEqual([]);
  });

  it.each(["file", "dynamodb:shed"])(
    "another account's listener is refused, it would seem to be gone: %s",
    async (state) => {
      const { shed, listenerArn, groups } = await listener({ SHED_STATE: state });
      const elsewhere = (arn: string) => arn.replace(":111111111111:", ":333333333333:");
      const args = ["--listener", elsewhere(listenerArn), "--primary", elsewhere(groups.primary)];
      const { code, stderr } = await shed("status", ...args, "--empty-groups", elsewhere(groups.standby));
      expect(code).toBe(EXIT.refused);
      expect(stderr).toContain("of account 333333333333");
    },
  );
});
