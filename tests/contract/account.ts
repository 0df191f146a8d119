import type { ClientConstructor } from "../../src/aws/clients.ts";
import type { Connection } from "../../src/aws/connection.ts";
import { connect } from "../../src/aws/session.ts";
import { type Region, region } from "../../src/model/brand.ts";
import { virtualClock } from "../../src/twin/clock.ts";
import { createTwin, type Twin, type TwinOptions } from "../../src/twin/twin.ts";
import { emptyWorld } from "../../src/twin/world.ts";

export const ACCOUNT = "111111111111";
export const HERE = region("eu-west-1");

/** A twin, a connection into its first account by the direct way, and a sender for seeding. */
export interface TestAccount {
  readonly twin: Twin;
  readonly connection: Connection;
  /** Calls that our side made, as `service:operation`, in order. */
  readonly calls: string[];
  /** Makes a change in the world, as a person with another tool would. */
  send<C, I extends object, O>(client: ClientConstructor<C>, command: Sendable<I, O>, where?: Region): Promise<O>;
}

/** An SDK command: what it answers with is read off its middleware. */
export interface Sendable<I, O> {
  readonly input: I;
  resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: O }>;
}

export async function testAccount(options: Partial<TwinOptions> = {}): Promise<TestAccount> {
  const world = options.world ?? emptyWorld([ACCOUNT, "222222222222"]);
  const clock = options.clock ?? virtualClock(world.startedAt);
  const twin = createTwin({ strict: true, ...options, world, clock });
  const calls: string[] = [];
  const signal = new AbortController().signal;
  const session = { clock, signal, wire: { kind: "direct", call: twin.direct() }, headRoom: 0 } as const;
  const connection = await connect({ ...session, onCall: (call) => calls.push(`${call.service}:${call.operation}`) });
  const seeding = await connect(session);
  calls.length = 0;
  twin.log.length = 0;
  return {
    twin,
    connection,
    calls,
    send: (client, command, where = HERE) => {
      const sender = seeding.client(client, where, "write") as { send(command: unknown): Promise<never> };
      return sender.send(command);
    },
  };
}
