/** The servers that are held against each other, each in its own account 123456789012, and an awscli to talk to them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { virtualClock } from "../../src/twin/clock.ts";
import { ec2 } from "../../src/twin/services/ec2/index.ts";
import { createTwin, type Twin } from "../../src/twin/twin.ts";
import { startServer } from "../../src/twin/wire/server.ts";
import { emptyWorld } from "../../src/twin/world.ts";
import { type Argument, type Aws, openAws } from "../moto/awscli.ts";
import { describeMoto } from "../moto/describe-moto.ts";
import { startMoto } from "../moto/server.ts";
import type { ServerName } from "./differences.ts";

/** A server and an awscli for the tests of one suite. */
export interface ServerInUse {
  readonly name: ServerName;
  /** Known once the suite's hooks have run: read it in tests, not while the suite is being collected. */
  readonly url: string;
  readonly aws: Omit<Aws, "close">;
  /** Lets time pass until nothing is being made, changed or deleted any more: at once on moto, an hour on the twin's clock. */
  comeToRest(): void;
}

interface Running {
  readonly url: string;
  readonly comeToRest?: () => void;
  readonly twin?: Twin;
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;

/** moto's own account. */
const ACCOUNT = "123456789012";
const REGIONS = ["eu-west-1", "us-east-1"];

const STARTS: Readonly<Record<ServerName, () => Promise<Running>>> = {
  moto: () => startMoto({ strict: true }),
  twin: startTwin,
};

/**
 * The same suite on strict moto and on the twin, each in an account where nothing stands but the default networks.
 * @param options `unsimulated`: the suite asks on purpose for what a server does not simulate
 */
export function describeServers(
  title: string,
  suite: (server: ServerInUse) => void,
  options: { readonly unsimulated?: boolean } = {},
): void {
  for (const name of ["moto", "twin"] as const)
    describeMoto(`${name}: ${title}`, () => {
      const { server, twin } = useServer(name);
      suite(server);

      if (name === "twin")
        test("has failed at nothing and lacked nothing that was asked of it", () => {
          expect(twin()?.errors).toEqual([]);
          if (!options.unsimulated) expect([...(twin()?.unknownOperations ?? [])]).toEqual([]);
        });
    });
}

function useServer(name: ServerName): { readonly server: ServerInUse; readonly twin: () => Twin | undefined } {
  let running: Running;
  let aws: Aws;
  beforeAll(async () => {
    running = await STARTS[name]();
    aws = await openAws(running.url, "eu-west-1");
  });
  afterAll(async () => {
    await aws?.close();
    await running?.stop();
  });
  const server: ServerInUse = {
    name,
    get url() {
      return running.url;
    },
    comeToRest: () => running.comeToRest?.(),
    aws: {
      call: (command: string, ...args: readonly Argument[]) => aws.call(command, ...args),
      text: (command: string, ...args: readonly Argument[]) => aws.text(command, ...args),
    },
  };
  return { server, twin: () => running.twin };
}

async function startTwin(): Promise<Running> {
  const world = emptyWorld([ACCOUNT]);
  const clock = virtualClock(world.startedAt);
  const twin = createTwin({ world, clock, strict: true });
  for (const region of REGIONS)
    await twin.handle({ service: ec2, operation: "CreateDefaultVpc", input: {}, region, accessKey: "" });
  const server = await startServer(twin);
  return { url: server.url, comeToRest: () => clock.advance(HOUR_MS), twin, stop: () => server.close() };
}
