import { EXIT } from "../../model/errors.ts";
import { type Fact, renderFacts } from "../../report/facts.ts";
import { whoami } from "../../verbs/whoami/whoami.ts";
import type { Action } from "../command.ts";
import type { WHOAMI } from "./whoami.command.ts";

export const run: Action<typeof WHOAMI> = async (frame) => {
  const identity = await whoami(await frame.connect());
  const { account, alias, partition, caller, defaultRegion, regions, regionsUnknown, endpoint } = identity;
  const shownRegions = regions ? `${regions.length}: ${regions.join(", ")}` : `unknown: ${regionsUnknown}`;
  const facts: Fact[] = [
    ["Account", account],
    ["Alias", alias ?? "none, or it may not be read"],
    ["Caller", caller],
    ["Partition", partition],
    ["Default region", defaultRegion],
    ["Enabled regions", shownRegions],
    ...(endpoint ? [["Endpoint", endpoint] as Fact] : []),
  ];
  await frame.show({
    text: ({ width }) => renderFacts(facts, width),
    data: () => identity,
    csv: {
      titles: ["account", "alias", "caller", "partition", "defaultRegion", "regions"],
      records: () => [[account, alias, caller, partition, defaultRegion, regions?.join(" ")]],
    },
  });
  frame.next("evenkeel doctor", "evenkeel snapshot create");
  return EXIT.done;
};
