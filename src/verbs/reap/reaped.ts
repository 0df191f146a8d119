import type { Plan, Step, Target } from "../../model/plan.ts";

/** An instance that was terminated, and what went with it. */
export interface Reaped {
  readonly target: Target;
  readonly instanceType: string | undefined;
  /** Before it was terminated. */
  readonly state: string | undefined;
  readonly key: string | undefined;
  readonly ageMs: number | undefined;
  readonly reason: string;
  /** Undefined = the console of its partition is not known. */
  readonly link: string | undefined;
  readonly removed: readonly Target[];
}

/**
 * The removals that waited for each instance, directly or through others' steps; what waited for several is told of with the
 * first.
 */
export function followersOf(
  instances: readonly Step[],
  { done, all }: { readonly done: readonly Step[]; readonly all: readonly Step[] },
): Map<string, Step[]> {
  const taken = new Set(instances.map(({ id }) => id));
  const followers = new Map<string, Step[]>();
  for (const { id } of instances) {
    const behind: string[] = [id];
    for (const before of behind)
      for (const step of all)
        if (!taken.has(step.id) && step.after.includes(before)) {
          taken.add(step.id);
          behind.push(step.id);
        }
    followers.set(
      id,
      done.filter((step) => step.id !== id && behind.includes(step.id)),
    );
  }
  return followers;
}

/** What a report tells of one, from its step. */
export function factsOfStep(
  { target, saves, reason }: Step,
  { partition }: Plan,
  now: number,
): Omit<Reaped, "removed"> {
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const since = text(saves.since);
  return {
    target,
    instanceType: text(saves.instanceType),
    state: text(saves.state),
    key: text(saves.key),
    ageMs: since === undefined ? undefined : now - Date.parse(since),
    reason,
    link: consoleLink(target, partition),
  };
}

/* Source: AWS General Reference, "Service endpoints of the AWS Management Console", by partition. */
const CONSOLES: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

function consoleLink({ id, region }: Target, partition: string): string | undefined {
  const host = CONSOLES[partition];
  return host && `https://${host}/ec2/home?region=${region}#InstanceDetails:instanceId=${id}`;
}
