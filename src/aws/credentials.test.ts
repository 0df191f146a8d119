import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { HttpResponse } from "@smithy/core/protocols";
import { expect, it } from "vitest";
import { virtualClock } from "../twin/clock.ts";
import { clientFactory } from "./clients.ts";
import { shared } from "./credentials.ts";
import { createGovernor } from "./governor.ts";

const answer = () => new HttpResponse({ statusCode: 200, headers: {}, body: Buffer.from("{}") });
const handler = { handle: async () => ({ response: answer() }), metadata: { handlerProtocol: "http/1.1" } };

it("asks for credentials once for all clients, also when they begin together", async () => {
  let asked = 0;
  const credentials = shared(async () => {
    asked += 1;
    return { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", expiration: new Date(Date.now() + 3_600_000) };
  });
  const clock = virtualClock(0);
  const send = (region: string) => {
    const wire = { kind: "http", credentials, endpoint: "http://127.0.0.1:1", handler } as const;
    const governor = createGovernor(clock, 0);
    const { signal } = new AbortController();
    const client = clientFactory({ wire, governor, clock, account: "1", region, lane: "read", signal })(SQSClient);
    return client.send(new ListQueuesCommand({}));
  };

  await Promise.all([send("eu-west-1"), send("eu-west-2")]);
  await send("eu-north-1");

  expect(asked).toBe(1);
});
