import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, describe, expect, it } from "vitest";
import { FAULTS, type Fault } from "../faults.ts";
import { cannedTwin } from "./canned-twin.ts";
import { twinHandler } from "./handler.ts";
import { clientConfig } from "./sdk-clients.ts";
import { startServer, type TwinServer } from "./server.ts";

const dynamodb = { namespace: "com.amazonaws.dynamodb", signingName: "dynamodb", operations: ["ListTables"] };
const cannedDynamo = (faults: readonly Fault[] = []) =>
  cannedTwin(dynamodb, () => import("@aws-sdk/client-dynamodb"), faults);

describe("the server", () => {
  let server: TwinServer | undefined;
  afterEach(() => server?.close());

  it("listens on loopback only", async () => {
    await expect(startServer(cannedDynamo().twin, { host: "0.0.0.0" })).rejects.toThrow(/loopback/);

    server = await startServer(cannedDynamo().twin);

    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("serves many requests at once, in both directions, over kept connections", async () => {
    const canned = cannedDynamo();
    canned.output = { TableNames: ["<é>"] };
    server = await startServer(canned.twin);
    const client = new DynamoDBClient(clientConfig(server.url));

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, Limit) => client.send(new ListTablesCommand({ Limit: Limit + 1 }))),
    );

    expect(answers.every(({ TableNames }) => TableNames?.[0] === "<é>")).toBe(true);
    expect(canned.inputs).toHaveLength(50);
    expect(new Set(answers.map(({ $metadata }) => $metadata.requestId)).size).toBe(50);
  });

  it("refuses a port that is taken", async () => {
    server = await startServer(cannedDynamo().twin);
    const port = Number(new URL(server.url).port);

    await expect(startServer(cannedDynamo().twin, { port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("never answers a call that is planned to time out, until it closes", async () => {
    const canned = cannedDynamo([FAULTS.timeout]);
    server = await startServer(canned.twin);
    const pending = new DynamoDBClient(clientConfig(server.url))
      .send(new ListTablesCommand({}))
      .catch((error: Error) => error);
    await waitFor(() => canned.twin.log.length > 0);

    await server.close();

    expect(await pending).toMatchObject({ code: "ECONNRESET" });
  });
});

describe.each(["handler", "server"])("planned faults through the %s", (way) => {
  let server: TwinServer | undefined;
  afterEach(() => server?.close());

  const failure = async (fault: Fault) => {
    const canned = cannedDynamo([fault]);
    if (way === "server") server = await startServer(canned.twin);
    const client = new DynamoDBClient(clientConfig(server?.url ?? twinHandler(canned.twin)));
    const error: unknown = await client.send(new ListTablesCommand({})).catch((thrown: unknown) => thrown);
    return { error, canned };
  };

  it("reset the connection", async () => {
    const { error, canned } = await failure(FAULTS.reset);

    expect(error).toMatchObject({ code: "ECONNRESET" });
    expect(canned.inputs).toHaveLength(0);
  });

  it("lose the answer after the change", async () => {
    const { error, canned } = await failure({ ...FAULTS.reset, kind: "lost-answer" });

    expect(error).toMatchObject({ code: "ECONNRESET" });
    expect(canned.inputs).toHaveLength(1);
  });

  it("answer with a page for people", async () => {
    const { error } = await failure(FAULTS.html);

    expect(error).toBeInstanceOf(SyntaxError);
  });

  it("throttle, deny and break as AWS does", async () => {
    expect((await failure(FAULTS.throttle)).error).toMatchObject({
      name: "ThrottlingException",
      $metadata: { httpStatusCode: 400 },
    });
    expect((await failure(FAULTS.denied)).error).toMatchObject({
      name: "AccessDeniedException",
      $metadata: { httpStatusCode: 403 },
    });
    expect((await failure(FAULTS.serverError)).error).toMatchObject({
      $fault: "server",
      $metadata: { httpStatusCode: 500 },
    });
  });
});

describe("the handler", () => {
  it("tells of a time-out at once", async () => {
    const client = new DynamoDBClient(clientConfig(twinHandler(cannedDynamo([FAULTS.timeout]).twin)));

    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("does nothing for a request that was called off", async () => {
    const canned = cannedDynamo();
    const client = new DynamoDBClient(clientConfig(twinHandler(canned.twin)));

    await expect(client.send(new ListTablesCommand({}), { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });

    expect(canned.inputs).toHaveLength(0);
  });
});

/** Turns of the event loop until it is so. */
async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
