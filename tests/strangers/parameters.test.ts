import { expect, test } from "vitest";
import { expectRefusals } from "./expect-refusals.ts";
import { describeServers } from "./servers.ts";

describeServers("parameters of Systems Manager", (server) => {
  const { aws } = server;

  test("are kept, and what is encrypted is told only where it is asked for so", async () => {
    const put = "ssm put-parameter --value plain --name";
    const get = "ssm get-parameter --query Parameter.[Name,Type,Value,Version,ARN] --name";
    const arn = "arn:aws:ssm:eu-west-1:123456789012:parameter";
    await expectRefusals(server, [
      ["ParameterNotFound", `${get} chat`],
      ["ValidationException", `${put} chat`],
      ["accepted", `${put} chat --type String`],
      ["ParameterAlreadyExists", `${put} chat --type String`],
      ["accepted", `${put} chat --overwrite`],
      ["accepted", `${put} /keel/chat --type SecureString`],
    ]);

    const of = (Name: string, Type: string, Version: number, path: string) => {
      return [Name, Type, "plain", Version, `${arn}/${path}`];
    };
    expect(await aws.call(`${get} chat`)).toEqual(of("chat", "String", 2, "chat"));
    for (const name of ["/keel/chat", `${arn}/keel/chat`])
      expect(await aws.call(`${get} ${name} --with-decryption`)).toEqual(
        of("/keel/chat", "SecureString", 1, "keel/chat"),
      );
    const hidden = await aws.text("ssm get-parameter --query Parameter.Value --name /keel/chat");
    expect(hidden).not.toMatch(/^plain/);
  });
});
