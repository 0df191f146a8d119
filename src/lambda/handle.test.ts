import { inspect } from "node:util";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { testAccount } from "../../tests/contract/account.ts";
import { functionTrial } from "../../tests/contract/function-trial.ts";
import { EvenkeelError } from "../model/errors.ts";
import { deadlines } from "./deadlines.ts";
import type { DoorContext, Invocation } from "./door.ts";
import { handle, type Opener } from "./handle.ts";

const lines: Record<string, unknown>[] = [];

beforeEach(() => {
  lines.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      for (const line of String(text).split("\n")) if (line.startsWith("{")) lines.push(JSON.parse(line));
      return true;
    });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

function invocation(ms = 900_000): Invocation {
  return { awsRequestId: "req-1", functionName: "acme-reaper", getRemainingTimeInMillis: () => ms };
}

/** A handler on the twin. @param door what is to happen inside */
async function handler(door: (event: unknown, context: DoorContext) => Promise<unknown>, refuses?: Error) {
  const account = await testAccount();
  const { context, published } = await functionTrial(account);
  vi.stubEnv("SNS_TOPIC_ARN", context.env.SNS_TOPIC_ARN);
  const opener: Opener<DoorContext> = {
    open: async ({ host, meter, env }) => {
      if (refuses) throw refuses;
      return { ...context, host, meter, env };
    },
    connect: async () => account.connection,
  };
  return { run: handle("reaper", opener, door), published, ...account };
}

it("gives the door's answer, and tells its log who asked, as JSON without secrets", async () => {
  const { run } = await handler(async (_, { host, meter }) => {
    host.tell({ kind: "info", text: "key AKIAIOSFODNN7EXAMPLE\u001b[31m" });
    host.tell({ kind: "warning", text: "careful", hint: "password=hunter22" });
    host.tell({ kind: "detail", text: "not at INFO" });
    meter.measure("ResourcesRemoved", 3);
    meter.measure("PrimaryWeight", 80, { rule: "default" });
    return "done";
  });

  expect(await run({ id: "event-1" }, invocation())).toBe("done");
  expect(lines).toMatchObject([
    {
      level: "INFO",
      message: "key …redacted…[31m",
      service: "acme-reaper",
      correlation_id: "event-1",
      function_request_id: "req-1",
    },
    { level: "WARN", message: "careful", hint: "password=…redacted…" },
    {
      ResourcesRemoved: 3,
      service: "acme-reaper",
      _aws: { CloudWatchMetrics: [{ Namespace: "Evenkeel", Dimensions: [["service"]] }] },
    },
    {
      PrimaryWeight: 80,
      rule: "default",
      _aws: {
        CloudWatchMetrics: [{ Dimensions: [["service", "rule"]], Metrics: [{ Name: "PrimaryWeight", Unit: "None" }] }],
      },
    },
  ]);
});

it.each([undefined, null, "text", 7, {}, { id: 7 }])("is found by the request's id for the event %j", async (event) => {
  const { run } = await handler(async (_, { host }) => host.tell({ kind: "info", text: "here" }));
  await run(event, invocation());

  expect(lines).toMatchObject([{ correlation_id: "req-1" }]);
});

it("tells a failure once in the log and once to people, and then fails", async () => {
  const bad = new EvenkeelError("USAGE", 'MAX_INSTANCE_AGE_HOURS can\'t be "two"', { hint: "for example 2" });
  const { run, published } = await handler(async () => Promise.reject(bad));

  await expect(run({}, invocation())).rejects.toMatchObject({ name: bad.code, message: bad.message });
  expect(lines).toMatchObject([{ level: "ERROR", message: bad.message, hint: "for example 2", code: "USAGE" }]);
  expect(published()).toMatchObject([
    {
      Subject: "Evenkeel: reaper failed",
      Message: expect.stringMatching(/can't be "two".*for example 2.*acme-reaper, request req-1/s),
      MessageAttributes: {
        event: { StringValue: "failure" },
        function: { StringValue: "reaper" },
        code: { StringValue: "USAGE" },
      },
    },
  ]);
});

it("tells when the context could not be made, and never calls the door", async () => {
  const door = vi.fn();
  const { run, published } = await handler(door, new EvenkeelError("USAGE", 'EVENKEEL_STORE can\'t be ""'));

  await expect(run({}, invocation())).rejects.toThrow("EVENKEEL_STORE");
  expect(door).not.toHaveBeenCalled();
  expect(published()).toHaveLength(1);
});

it("calls a defect critical, and hides what is secret in it from the log, from people and from Lambda", async () => {
  const { run, published } = await handler(async () => Promise.reject(new TypeError("token=abcdefgh is undefined")));
  const thrown: Error = await run({}, invocation()).then(
    () => new Error("it did not fail"),
    (error) => error,
  );

  expect(lines).toMatchObject([{ level: "CRITICAL", code: "BUG", message: "token=…redacted… is undefined" }]);
  expect(published()[0]?.Message).toContain("token=…redacted…");
  expect(thrown).toMatchObject({ name: "TypeError", message: "token=…redacted… is undefined" });
  expect(inspect(thrown, { depth: null, showHidden: true })).not.toContain("abcdefgh");
});

it("tells nobody that somebody else is at work just now, and fails all the same: it comes again", async () => {
  const busy = new EvenkeelError("REFUSED", "req-0 is at work: to be tried again in 40 s", { isHeld: true });
  const { run, published } = await handler(async () => Promise.reject(busy));

  await expect(run({}, invocation())).rejects.toMatchObject({ name: busy.code, message: busy.message });
  expect(lines).toMatchObject([{ level: "WARN", message: busy.message }]);
  expect(published()).toEqual([]);
});

it("fails with what failed first when nobody can be told of it either", async () => {
  const bad = new EvenkeelError("REFUSED", "too much");
  const { run } = await handler(async () => Promise.reject(bad));
  vi.stubEnv("SNS_TOPIC_ARN", "alerts");

  await expect(run({}, invocation())).rejects.toMatchObject({ name: bad.code, message: bad.message });
  expect(lines.map(({ message }) => message)).toEqual(["too much", expect.stringContaining("nobody could be told")]);
});

it.each([
  ["DEBUG", ["detail", "info", "warning"], 0],
  ["WARNING", ["warning"], 0],
  ["error", [], 0],
  ["LOUD", ["info", "warning"], 1],
  ["", ["info", "warning"], 0],
])("logs at LOG_LEVEL %j", async (level, heard, warnings) => {
  vi.stubEnv("LOG_LEVEL", level);
  const { run } = await handler(async (_, { host }) => {
    for (const kind of ["detail", "info", "warning"] as const) host.tell({ kind, text: kind });
  });
  await run({}, invocation());
  const texts = lines.map(({ message }) => String(message));

  expect(texts.filter((text) => text.startsWith("LOG_LEVEL"))).toHaveLength(warnings);
  expect(texts.filter((text) => !text.startsWith("LOG_LEVEL"))).toEqual(heard);
});

it.each([
  ["reaper", 900_000, 550_000, 880_000],
  ["snapshot", 900_000, 880_000, 880_000],
  ["shed-step", 60_000, 48_000, 48_000],
  ["reaper", 60_000, 24_000, 48_000],
] as const)("%s with %i ms begins nothing new after %i, and tells the end after %i", (name, left, nearly, end) => {
  vi.useFakeTimers();
  const { signal, over } = deadlines({ name, invocation: invocation(left) });
  const at = (ms: number) => {
    vi.advanceTimersByTime(ms);
    return [signal.aborted, over.aborted];
  };

  expect(at(nearly - 1)).toEqual([false, false]);
  expect(at(1)[0]).toBe(true);
  expect(at(end - nearly)).toEqual([true, true]);
  expect(over.reason).toMatchObject({ code: "CANCELLED" });
});
