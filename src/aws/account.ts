import { DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import { type Region, region } from "../model/brand.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import type { Connection } from "./connection.ts";

/** What an account tells of itself, each asked once and only when wanted. */
export function accountFacts(
  client: Connection["client"],
  anyRegion: Region,
  globalRegion: Region,
): Pick<Connection, "enabledRegions" | "alias" | "aliases"> {
  let regions: Promise<readonly Region[]> | undefined;
  let aliases: Promise<readonly string[] | undefined> | undefined;
  const known = () => (aliases ??= accountAliases(client(IAMClient, globalRegion, "read")));
  return {
    enabledRegions: () => (regions ??= enabledRegions(client(EC2Client, anyRegion, "read"))),
    aliases: known,
    alias: async () => (await known())?.[0],
  };
}

async function enabledRegions(client: EC2Client): Promise<readonly Region[]> {
  try {
    const answer = await client.send(new DescribeRegionsCommand({}));
    return (answer.Regions ?? []).map((each) => region(each.RegionName ?? "")).sort();
  } catch (error) {
    if (!isError(error, "ACCESS_DENIED")) throw error;
    throw new EvenkeelError("ACCESS_DENIED", "may not ask which regions the account has (ec2:DescribeRegions)", {
      hint: "allow ec2:DescribeRegions, or name the regions: --regions eu-west-1,us-east-1",
      action: "ec2:DescribeRegions",
      cause: error,
    });
  }
}

async function accountAliases(client: IAMClient): Promise<readonly string[] | undefined> {
  try {
    return (await client.send(new ListAccountAliasesCommand({}))).AccountAliases ?? [];
  } catch (error) {
    if (isError(error, "ACCESS_DENIED", "UNSUPPORTED")) return undefined;
    throw error;
  }
}
