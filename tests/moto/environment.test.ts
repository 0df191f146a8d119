import { expect, test } from "vitest";
import { awscli, describeMoto, ensureMoto, openAws, startMoto } from "./environment.ts";
import { useMoto } from "./use-moto.ts";

describeMoto("the moto environment", () => {
  const moto = useMoto({ strict: true });

  test("is built once and found again", async () => {
    expect(await ensureMoto()).toEqual(await ensureMoto());
  });

  test("gives the same ids to the same calls in every server", async () => {
    const servers = await Promise.all([startMoto({ strict: true }), startMoto({ strict: true })]);
    const calls = ["run-instances --image-id ami-1234abcd", "create-vpc --cidr-block 10.0.0.0/16", "describe-subnets"];
    const answers = async (url: string) => {
      const aws = await openAws(url, "eu-west-1");
      const ids = /"(?:InstanceId|VpcId|SubnetId)": ?"[^"]*"/g;
      const found: unknown[] = [];
      for (const call of calls) found.push(JSON.stringify(await aws.call(`ec2 ${call}`)).match(ids));
      await aws.close();
      return found;
    };

    const [one, other] = await Promise.all(servers.map(({ url }) => answers(url)));

    expect(one).toEqual(other);
    await Promise.all(servers.map((server) => server.stop()));
  });

  test("is empty again after a reset", async () => {
    await moto.aws.call("ec2 create-vpc --cidr-block 10.0.0.0/16");

    await moto.reset();

    expect(await moto.aws.call("ec2 describe-vpcs --query Vpcs[].IsDefault")).toEqual([true]);
  });

  test("answers parsed JSON to an awscli in a process of its own, and the API's words when that fails", async () => {
    const call = (...args: string[]) => awscli(moto.url, "us-east-1", ...args);

    expect(await call("rds", "describe-db-instances")).toEqual({ DBInstances: [] });
    await expect(call("sqs", "get-queue-url", "--queue-name", "none")).rejects.toThrow(
      "specified queue does not exist",
    );
  });

  test("goes to no other machine", async () => {
    await expect(awscli("https://sqs.eu-west-1.amazonaws.com", "eu-west-1", "sqs", "list-queues")).rejects.toThrow(
      "not a local emulator",
    );
  });

  test("keeps nothing of one awscli call for the next", async () => {
    const id = await moto.aws.text("ec2 run-instances --image-id ami-1234abcd --query Instances[0].InstanceId");
    await moto.aws.call(`ec2 modify-instance-attribute --instance-id ${id} --no-source-dest-check`);

    expect(await moto.aws.call("ec2 describe-vpcs --query length(Vpcs)")).toBeGreaterThan(0);
  });
});
