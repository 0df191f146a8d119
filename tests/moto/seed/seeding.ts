import type { Argument, Aws } from "../awscli.ts";
import { type Made, made } from "../made.ts";

/** One region that is being filled. */
export interface Seeding {
  readonly region: string;
  readonly aws: Aws;
  readonly inventory: Made[];
  /** Makes a thing whose id (or ARN) the command's `--query` asks for, notes it, and returns that. */
  make(type: string, command: string, ...args: readonly Argument[]): Promise<string>;
  /** Makes a thing that is called by a name the caller chose, whose ARN the command's `--query` asks for; returns the ARN. */
  makeNamed(type: string, name: string, command: string, ...args: readonly Argument[]): Promise<string>;
  /** Notes a thing that was made by a call which does not tell its id. */
  note(type: string, id: string, arn?: string): void;
}

/** Starts an inventory for a region. */
export function seeding(aws: Aws, region: string): Seeding {
  const inventory: Made[] = [];
  const note = (type: string, id: string, arn?: string) => void inventory.push(made(type, region, id, arn));
  return {
    region,
    aws,
    inventory,
    note,
    async make(type, command, ...args) {
      const id = await aws.text(command, ...args);
      note(type, id, id.startsWith("arn:") ? id : undefined);
      return id;
    },
    async makeNamed(type, name, command, ...args) {
      const arn = await aws.text(command, ...args);
      note(type, name, arn);
      return arn;
    },
  };
}
