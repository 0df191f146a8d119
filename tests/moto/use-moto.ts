import { afterAll, beforeAll } from "vitest";
import { type Argument, type Aws, type MotoOptions, type MotoServer, openAws, startMoto } from "./environment.ts";

/** A server and an awscli for the tests of one suite. */
export interface MotoInUse extends Pick<MotoServer, "reset"> {
  /** Known once the suite's hooks have run: read it in tests, not while the suite is being collected. */
  readonly url: string;
  readonly aws: Omit<Aws, "close">;
}

/** Starts them before the suite's tests and stops them after. Call it first thing in a `describeMoto`. */
export function useMoto(options: MotoOptions & { readonly region?: string }): MotoInUse {
  let server: MotoServer;
  let aws: Aws;
  beforeAll(async () => {
    server = await startMoto(options);
    aws = await openAws(server.url, options.region ?? "eu-west-1");
  });
  afterAll(async () => {
    await aws?.close();
    await server?.stop();
  });
  return {
    get url() {
      return server.url;
    },
    aws: {
      call: (command: string, ...args: readonly Argument[]) => aws.call(command, ...args),
      text: (command: string, ...args: readonly Argument[]) => aws.text(command, ...args),
    },
    reset: () => server.reset(),
  };
}
