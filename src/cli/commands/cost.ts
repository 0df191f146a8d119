import type { AccountId } from "../../model/brand.ts";
import type { CostResult, GroupKey } from "../../model/cost.ts";
import { EvenkeelError, EXIT, type ExitCode, isError } from "../../model/errors.ts";
import { type CostFormat, renderCost } from "../../report/cost/index.ts";
import { promisedReport } from "../../report/cost/promised.ts";
import { accountsIn } from "../../store/accounts.ts";
import type { Bill } from "../../store/bill/contract.ts";
import { billSource } from "../../verbs/cost/bill-source.ts";
import type { CostContext } from "../../verbs/cost/context.ts";
import { type BillSource, type CostRequest, cost } from "../../verbs/cost/cost.ts";
import { explorerSource } from "../../verbs/cost/explorer-source.ts";
import { promised } from "../../verbs/cost/promised/promised.ts";
import { snapshotAccount } from "../account.ts";
import { type Action, type Given, kebab } from "../command.ts";
import type { Frame } from "../frame.ts";
import { withBills } from "../with-bills.ts";
import type { COST } from "./cost.command.ts";

type CostOptions = Given<(typeof COST)["options"]>;

export const run: Action<typeof COST> = async (frame, options) => {
  const { bill = [], resources, currency } = options;
  refuseMisfits(options);
  const request = requestOf(options);
  const account = await snapshotAccount(frame, options.account, bill.length > 0 ? "offline" : "signed-in");
  const context = await contextOf(frame, account);
  if (options.promised) return withBills(frame, bill, (each) => tellPromised(frame, context, each, request));
  const split = (source: BillSource) => cost(context, source, request);
  const withResources = resources === undefined ? "if possible" : resources ? "only" : "no";
  const result = await (bill.length > 0
    ? withBills(frame, bill, (each) => split(billSource(each, currency)))
    : split(explorerSource(await frame.online(), withResources)));
  const format = frame.settings.output.value as CostFormat;
  await frame.output.write(await renderCost(result, format, frame.render));
  tellNext(frame, options, result);
  return result.malformed.lines > 0 ? EXIT.partial : EXIT.done;
};

async function tellPromised(
  frame: Frame,
  context: CostContext,
  bill: Bill,
  { metric }: CostRequest,
): Promise<ExitCode> {
  if (frame.settings.output.value === "html")
    throw new EvenkeelError("USAGE", "--promised has no page", { hint: "take --output table, json, yaml or csv" });
  const result = await promised(context, bill, { account: context.account, metric });
  await frame.show(promisedReport(result));
  frame.next("evenkeel runs", "evenkeel status");
  return result.damaged.length > 0 ? EXIT.partial : EXIT.done;
}

/** @throws EvenkeelError USAGE before any call */
function refuseMisfits(options: CostOptions): void {
  const { bill = [], resources, currency, account, promised: isPromised } = options;
  const refuse = (what: string, hint: string) => new EvenkeelError("USAGE", what, { hint });
  if (bill.length > 0 && resources !== undefined)
    throw refuse("--bill and --resources exclude each other", "a bill names its resources; leave --resources out");
  if (isPromised && bill.length === 0)
    throw refuse(
      "--promised needs --bill",
      "what a pause has saved is seen hour by hour, which only a bill file tells",
    );
  const shaping = ["startDate", "endDate", "granularity", "groupBy", "currency", "snapshot"] as const;
  const shaped = shaping.find((name) => options[name] !== undefined);
  if (isPromised && shaped !== undefined)
    throw refuse(
      `--promised and --${kebab(shaped)} exclude each other`,
      "it takes all pauses that the bill has days of",
    );
  if (bill.length === 0 && currency !== undefined)
    throw refuse("--currency is for bill files", "Cost Explorer has one currency an account");
  if (bill.length === 0 && account !== undefined)
    throw refuse(
      "--account is for bill files",
      "Cost Explorer tells the costs of the account that asks: use --profile",
    );
}

function requestOf(options: CostOptions): CostRequest {
  const { startDate, endDate, granularity = "monthly", metric = "unblended", snapshot, groupBy = [] } = options;
  const keys = groupBy.map(parseGroupKey);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw new EvenkeelError("USAGE", `--group-by names ${twice} twice`);
  return {
    granularity,
    metric,
    groupBy: keys,
    ...(startDate === undefined ? {} : { start: startDate }),
    ...(endDate === undefined ? {} : { end: endDate }),
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}

const GROUP_KEYS: readonly string[] = ["service", "region", "account", "type"];

function parseGroupKey(text: string): GroupKey {
  if (GROUP_KEYS.includes(text) || /^tag:./.test(text)) return text as GroupKey;
  throw new EvenkeelError("USAGE", `--group-by: "${text}" is none of ${GROUP_KEYS.join(", ")} and tag:KEY`, {
    hint: "for example --group-by service,tag:team",
  });
}

async function contextOf(frame: Frame, account: AccountId): Promise<CostContext> {
  const offline = await frame.offline();
  const verb = async () => {
    try {
      const context = await frame.online();
      return context.connection.account === account ? context : undefined;
    } catch (error) {
      if (isError(error, "NO_CREDENTIALS", "EXPIRED_CREDENTIALS", "NETWORK")) return undefined;
      throw error;
    }
  };
  return { ...offline, account, accounts: await accountsIn(offline.store), verb };
}

/** The same days by service, or what to look at next. */
function tellNext(frame: Frame, { startDate, endDate }: CostOptions, { groupBy, source }: CostResult): void {
  const same = [
    ...(source.kind === "bill" ? ["--bill …"] : []),
    ...(startDate === undefined ? [] : [`--start-date ${startDate}`]),
    ...(endDate === undefined ? [] : [`--end-date ${endDate}`]),
  ];
  const byService = ["evenkeel cost", ...same, "--group-by service"].join(" ");
  if (groupBy.length === 0) frame.next(byService, "evenkeel delta --change added");
  else frame.next("evenkeel delta --change added", "evenkeel findings");
}
