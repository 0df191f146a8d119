import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { testAccount } from "../../tests/contract/account.ts";
import { functionTrial, someNews } from "../../tests/contract/function-trial.ts";
import { region } from "../model/brand.ts";
import { FAULTS } from "../twin/faults.ts";
import type { Env } from "./door.ts";
import { notifier } from "./notify.ts";

const ADDRESS = "https://hooks.slack.com/services/T000/B000/aVerySecretPart";

async function trial(env: Env = {}, secret: string | undefined = undefined) {
  const account = await testAccount();
  if (secret !== undefined)
    await account.send(SecretsManagerClient, new CreateSecretCommand({ Name: "chat", SecretString: secret }));
  const made = await functionTrial(account, env);
  const { connection, host, meter } = made.context;
  const posts: string[] = [];
  const answer = { ok: true, status: 200 };
  const post = async (url: string) => {
    posts.push(url);
    return answer;
  };
  const notify = notifier(made.context.env, { connect: async () => connection, host, meter, post });
  return { ...account, ...made, posts, answer, notify };
}

it("tells the topic, with attributes and without secrets", async () => {
  const { notify, published, host } = await trial();
  await notify(someNews({ text: "key AKIAIOSFODNN7EXAMPLE\u001b[31m" }));

  expect(published()).toMatchObject([
    { Subject: "Evenkeel", Message: "key …redacted…[31m", MessageAttributes: { event: { StringValue: "reap" } } },
  ]);
  expect(host.messages).toEqual([]);
});

it.each([ADDRESS, ` ${ADDRESS}\n`, JSON.stringify({ url: ADDRESS })])(
  "tells the chat that a secret names",
  async (text) => {
    const { notify, posts, host, published } = await trial({ SNS_TOPIC_ARN: "", WEBHOOK_URL_SECRET: "chat" }, text);
    await notify(someNews());

    expect([posts, published(), host.messages]).toEqual([[ADDRESS], [], []]);
  },
);

it.each([
  ["String", "/evenkeel/chat", "/evenkeel/chat"],
  ["SecureString", "chat", "chat"],
  ["SecureString", "/evenkeel/chat", "arn:aws:ssm:eu-west-1:111111111111:parameter/evenkeel/chat"],
] as const)("tells the chat that a %s %s names, asked for as %s", async (Type, Name, asked) => {
  const { notify, posts, send, host } = await trial({ SNS_TOPIC_ARN: "", WEBHOOK_URL_PARAMETER: asked });
  await expect(notify(someNews())).rejects.toMatchObject({ code: "NOT_FOUND" });
  await send(SSMClient, new PutParameterCommand({ Name, Type, Value: `${ADDRESS}\n` }));
  await notify(someNews());

  expect([posts, host.messages]).toEqual([[ADDRESS], []]);
});

it("asks for a parameter of another region there", async () => {
  const name = "arn:aws:ssm:eu-central-1:111111111111:parameter/chat";
  const { notify, posts, send } = await trial({ SNS_TOPIC_ARN: "", WEBHOOK_URL_PARAMETER: name });
  const put = new PutParameterCommand({ Name: "chat", Type: "String", Value: ADDRESS });
  await send(SSMClient, put, region("eu-central-1"));
  await notify(someNews());

  expect(posts).toEqual([ADDRESS]);
});

it.each(["http://hooks.slack.com/aVerySecretPart", '{"url":7,"x":"aVerySecretPart"}', '{"aVerySecretPart', " "])(
  "refuses a secret that holds no https address, and does not tell it",
  async (text) => {
    const { notify, posts } = await trial({ SNS_TOPIC_ARN: "", WEBHOOK_URL_SECRET: "chat" }, text);
    const failed: Error = await notify(someNews()).catch((error) => error);

    expect(failed).toMatchObject({ code: "USAGE" });
    expect(JSON.stringify([failed, failed.message, failed.stack])).not.toContain("aVerySecretPart");
    expect(posts).toEqual([]);
  },
);

it("says once that nobody is told, and has it in the log", async () => {
  const { notify, host, calls } = await trial({ SNS_TOPIC_ARN: "" });
  await notify(someNews());
  await notify(someNews());

  expect(host.texts("warning")).toEqual([expect.stringContaining("nobody is told")]);
  expect(host.texts("info")).toEqual(Array(2).fill("Evenkeel\n2 removed"));
  expect(calls).toEqual([]);
});

it("tries every way, and then throws what failed", async () => {
  const { notify, posts, twin, measured } = await trial({ WEBHOOK_URL_SECRET: "chat" }, ADDRESS);
  twin.faults = [{ ...FAULTS.denied, operation: "Publish" }];

  await expect(notify(someNews())).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  expect(posts).toEqual([ADDRESS]);
  expect(measured).toEqual([["NotificationsFailed", 1]]);
});

it("still tells the topic when the chat fails", async () => {
  const { notify, published, answer } = await trial({ WEBHOOK_URL_SECRET: "chat" }, ADDRESS);
  Object.assign(answer, { ok: false, status: 410 });

  await expect(notify(someNews())).rejects.toMatchObject({ code: "NETWORK" });
  expect(published()).toHaveLength(1);
});

it("tells a topic of another partition", async () => {
  const { notify, twin } = await trial({ SNS_TOPIC_ARN: "arn:aws-cn:sns:cn-north-1:111111111111:alerts" });
  // The twin has no topic there; what counts is where it is asked.
  await expect(notify(someNews())).rejects.toThrow();
  expect(twin.log.at(-1)).toMatchObject({ operation: "Publish", region: "cn-north-1" });
});

it.each([
  [{ SNS_TOPIC_ARN: "alerts" }],
  [{ SNS_TOPIC_ARN: "arn:aws:sns:eu-west-1:111111111111:alerts.fifo" }],
  [{ WEBHOOK_URL_PARAMETER: "/evenkeel/chat", WEBHOOK_URL_SECRET: "chat" }],
])("refuses %j before anything is called", async (env) => {
  await expect(trial(env)).rejects.toMatchObject({ code: "USAGE" });
});
