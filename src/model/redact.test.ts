import { describe, expect, it } from "vitest";
import type { Json } from "./json.ts";
import { redactConfiguration, redactor, scrub } from "./redact.ts";

const redact = redactor(Buffer.from("key"));
const NONE = { secret: [] };
const cleaned = (value: Json) => redactConfiguration(value, NONE, redact);

describe("redactor", () => {
  it("gives equal texts to equal secrets, others to others, and others under another key", () => {
    expect(redact("one")).toBe(redact("one"));
    expect(redact("one")).not.toBe(redact("two"));
    expect(redact("one")).not.toBe(redactor(Buffer.from("another"))("one"));
    expect(redact({ a: 1, b: 2 })).toBe(redact({ b: 2, a: 1 }));
  });

  it("leaves what it has redacted before as it is, and nothing that only looks so", () => {
    expect(redact(redact("one"))).toBe(redact("one"));
    expect(redact("redacted:one")).not.toBe("redacted:one");
  });
});

describe("scrub", () => {
  it.each([
    ["an access key", "key AKIAIOSFODNN7EXAMPLE of shop", "AKIAIOSFODNN7EXAMPLE"],
    ["an access key in a word", "userASIAIOSFODNN7EXAMPLE_1", "IOSFODNN7EXAMPLE"],
    ["a private key", "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----", "MHcCAQEE"],
    ["a private key cut off", "x -----BEGIN PRIVATE KEY-----\nMHcCAQEE", "MHcCAQEE"],
    ["a web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3j", "dozjgNryP4J3j"],
    ["a GitHub token", "clone with ghp_abcdefghijklmnop", "abcdefghijklmnop"],
    ["a URL's password", "postgres://shop:p4ssw0rd@db:5432/shop", "p4ssw0rd"],
    ["a URL's password without a user", "redis://:p4ssw0rd@cache:6379", "p4ssw0rd"],
    ["a URL's password with an at sign", "amqp://shop:p4ss@w0rd@queue", "w0rd"],
    ["a variable of a shell", "export DB_PASSWORD=p4ssw0rd; run", "p4ssw0rd"],
    ["a quoted variable with blanks in it", `MYSQL_PWD="p4ss w0rd" run`, "w0rd"],
    ["JSON", `{"user": "shop", "client_secret": "p4ss, w0rd"}`, "w0rd"],
    ["JSON with quotes in the secret", String.raw`{"token":"p4ss\"w0rd"}`, "w0rd"],
    ["JSON inside JSON", String.raw`{\"password\":\"p4ssw0rd\"}`, "p4ssw0rd"],
    ["a query", "https://api.test/x?user=a&api_key=p4ssw0rd&n=1", "p4ssw0rd"],
    ["a header", "Authorization: Basic c2hvcDpwNHNzdzByZA==", "c2hvcDpwNHNzdzByZA"],
    ["a command line", "mysqld --root-password p4ssw0rd --port 1", "p4ssw0rd"],
    ["an AWS configuration file", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "wJalrXUtnFEMI"],
  ])("hides %s", (_, text, secret) => {
    const clean = scrub(text, redact);

    expect(clean).not.toContain(secret);
    expect(clean).toContain("redacted:");
    expect(scrub(clean, redact)).toBe(clean);
  });

  it.each([
    "arn:aws:secretsmanager:eu-west-1:111111111111:secret:prod/db-AbCdEf",
    "arn:aws-us-gov:secretsmanager:us-gov-west-1:111111111111:secret:prod/db",
    "111111111111.dkr.ecr.eu-west-1.amazonaws.com/session-token:v1.2.3",
    "http://proxy.internal:8080/@scope/package",
    "https://sqs.eu-west-1.amazonaws.com/111111111111/orders",
    "Basic monitoring, five minutes",
    "secretsmanager:GetSecretValue",
    "Bearer tokens are accepted",
    "Mail to team@example.com",
    "",
  ])("leaves alone: %s", (text) => expect(scrub(text, redact)).toBe(text));

  it("keeps what stands around a secret", () => {
    expect(scrub("postgres://shop:p4ssw0rd@db:5432/shop", () => "…")).toBe("postgres://shop:…@db:5432/shop");
    expect(scrub('{"password":"p4ssw0rd","port":1}', () => "…")).toBe('{"password":"…","port":1}');
  });
});

describe("redactConfiguration", () => {
  it("hides what facts name, of any kind, once", () => {
    const rules = { secret: ["Environment.*", "UserData"] };
    const raw = { Environment: { A: "x", B: "" }, UserData: { script: ["rm"] }, Name: "shop" };
    const clean = redactConfiguration(raw, rules, redact);

    expect(clean).toEqual({
      Environment: { A: redact("x"), B: redact("") },
      UserData: redact({ script: ["rm"] }),
      Name: "shop",
    });
    expect(redactConfiguration(clean, rules, redact)).toEqual(clean);
  });

  it.each([
    { MasterUserPassword: "h1dden" },
    { ClientSecret: "h1dden" },
    { AuthTokens: ["h1dden"] },
    { Credentials: { user: "shop", pass: "h1dden" } },
    { "x-api-key": "h1dden" },
    { DB_PASS: "h1dden" },
    { authorization: "h1dden" },
    { Environment: [{ name: "DB_PASSWORD", value: "h1dden" }] },
    { Parameters: [{ ParameterKey: "ApiToken", ParameterValue: "h1dden" }] },
    { Command: ["serve", "--token", "h1dden"] },
    { Password: "redacted:h1dden" },
  ])("hides values by their names: %j", (raw) => expect(JSON.stringify(cleaned(raw))).not.toContain("h1dden"));

  it.each([
    { SecretArn: "arn:aws:secretsmanager:eu-west-1:1:secret:a-b" },
    {
      MasterUserSecret: {
        SecretArn: "arn:aws:secretsmanager:eu-west-1:1:secret:a-b",
        SecretStatus: "active",
        KmsKeyId: "k",
      },
    },
    { Secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:ssm:eu-west-1:1:parameter/db" }] },
    { PasswordResetRequired: true, MinimumPasswordLength: 14 },
    { MetadataOptions: { HttpTokens: "required" } },
    { Password: "" },
    { AccessKeys: [{ Status: "Active", CreateDate: "2026-01-05" }] },
    { Password: redact("already") },
  ])("leaves names of secrets, switches and numbers alone: %j", (raw) => expect(cleaned(raw)).toEqual(raw));

  it("believes facts that say what is no secret", () => {
    const raw = { TokenFormat: "v2", Nested: [{ Token: "x" }] };

    expect(redactConfiguration(raw, { secret: [], notSecret: ["TokenFormat", "Nested[].Token"] }, redact)).toEqual(raw);
  });
});
