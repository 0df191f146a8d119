import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { HttpResponse } from "@smithy/core/protocols";
import { describe, expect, it } from "vitest";
import { virtualClock } from "../twin/clock.ts";
import { type CallOptions, clientFactory } from "./clients.ts";
import { createGovernor } from "./governor.ts";

/** A client whose requests are answered by a list of answers, on a virtual clock. */
function answering(...answers: (() => { statusCode: number; headers?: Record<string, string>; body?: string })[]) {
  const clock = virtualClock(0);
  const stop = new AbortController();
  const governor = createGovernor(clock, 0);
  let calls = 0;
  const handler = {
    handle: async () => {
      const answer = (answers[Math.min(calls++, answers.length - 1)] as (typeof answers)[0])();
      const body = Buffer.from(answer.body ?? "{}");
      return { response: new HttpResponse({ statusCode: answer.statusCode, headers: answer.headers ?? {}, body }) };
    },
    metadata: { handlerProtocol: "http/1.1" },
  };
  const credentials = async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" });
  const wire = { kind: "http", credentials, endpoint: "http://127.0.0.1:1", handler } as const;
  const client = clientFactory({
    wire,
    governor,
    clock,
    account: "1",
    region: "eu-west-1",
    lane: "read",
    signal: stop.signal,
  })(SQSClient);
  return { client, clock, governor, stop, calls: () => calls };
}

const OK = () => ({ statusCode: 200, body: '{"QueueUrls":["q"]}' });
const THROTTLE = () => ({ statusCode: 400, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' });
const BROKEN = () => ({ statusCode: 500, body: '{"__type":"InternalFailure","message":"broken"}' });
const HTML = () => ({
  statusCode: 200,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<html>Sign in</html>",
});

describe("a governed client", () => {
  it("answers after throttles as if there had been none, and tells the governor", async () => {
    const { client, governor } = answering(THROTTLE, THROTTLE, THROTTLE, OK);

    expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toEqual(["q"]);
    expect(governor.counts).toEqual({ calls: 4, throttles: 3 });
  });

  it("gives up in the end, and calls it a throttle", async () => {
    const { client, calls } = answering(THROTTLE);

    await expect(client.send(new ListQueuesCommand({}))).rejects.toMatchObject({ code: "THROTTLED" });
    expect(calls()).toBe(12);
  });

  it.each([1, 3])(
    "makes no more than the %d attempts that a call asks for, and tells the governor all the same",
    async (attempts) => {
      const { client, governor, calls } = answering(THROTTLE);
      const how: CallOptions = { attempts };

      await expect(client.send(new ListQueuesCommand({}), how)).rejects.toMatchObject({ code: "THROTTLED" });
      expect(calls()).toBe(attempts);
      expect(governor.counts).toEqual({ calls: attempts, throttles: attempts });
    },
  );

  it("makes no more attempts than it does by itself, whatever is asked for", async () => {
    const { client, calls } = answering(BROKEN);
    const how: CallOptions = { attempts: 9 };

    await expect(client.send(new ListQueuesCommand({}), how)).rejects.toMatchObject({ code: "AWS_FAILED" });
    expect(calls()).toBe(4);
  });

  it("tries errors of AWS four times", async () => {
    const { client, calls } = answering(BROKEN);

    await expect(client.send(new ListQueuesCommand({}))).rejects.toMatchObject({ code: "AWS_FAILED" });
    expect(calls()).toBe(4);
  });

  it("takes an HTML page for what it is and does not ask again", async () => {
    const { client, calls } = answering(HTML);

    await expect(client.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      code: "NOT_AWS",
      message: expect.stringContaining("sqs ListQueues"),
      details: { hint: expect.stringContaining("proxy") },
    });
    expect(calls()).toBe(1);
  });

  it("stops at once when the run is cancelled", async () => {
    const { client, stop, calls } = answering(OK);
    stop.abort(new Error("cancelled"));

    await expect(client.send(new ListQueuesCommand({}))).rejects.toThrow("cancelled");
    expect(calls()).toBe(0);
  });
});
