import type { Connection } from "../../aws/connection.ts";
import { isError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { countOf } from "../../report/humanise.ts";
import { groupOf, groupParts } from "../../verbs/brake/groups.ts";
import { narrowPlan, type Unit, unitsOf } from "../../verbs/brake/narrow.ts";
import type { Frame } from "../frame.ts";
import { backedOut } from "../setup/ask-role.ts";
import { anHour } from "./money.ts";

/**
 * Offers the other regions of the account.
 * @returns the regions to look in; undefined = those that were looked in already are enough
 * @throws EvenkeelError CANCELLED
 */
export async function askRegions({ host }: Frame, connection: Connection): Promise<readonly string[] | undefined> {
  const here = connection.defaultRegion;
  const enabled = await enabledRegions(connection);
  const others = enabled.filter((region) => region !== here);
  if (others.length === 0) return undefined;
  const answer = await host.ask({
    kind: "choice",
    text: "Where else?",
    options: [
      { value: "here", label: `Only ${here}` },
      { value: "all", label: `All ${enabled.length} enabled regions` },
      { value: "some", label: "Regions that I choose" },
    ],
    default: "",
  });
  if (answer === "") throw backedOut();
  if (answer === "here") return undefined;
  if (answer === "all") return enabled;
  const options = enabled.map((region) => ({ value: region, label: region }));
  const chosen = await host.ask({ kind: "choices", text: "Which regions?", options, default: [] });
  if (chosen.length === 0) throw backedOut();
  return chosen;
}

/** Without the right to ask which regions there are, the one at hand has to do. */
async function enabledRegions(connection: Connection): Promise<readonly string[]> {
  try {
    return await connection.enabledRegions();
  } catch (error) {
    if (isError(error, "ACCESS_DENIED", "UNSUPPORTED")) return [];
    throw error;
  }
}

/** Asks what of a plan is wanted. @throws EvenkeelError CANCELLED */
export async function askWhat({ host }: Frame, plan: Plan): Promise<Plan> {
  const groups = groupParts(plan).filter(({ steps }) => steps.length > 0);
  const answer = await host.ask({
    kind: "choice",
    text: "What shall be paused?",
    options: [
      { value: "everything", label: `Everything: ${countOf(plan.steps.length, "resource")}` },
      { value: "groups", label: "Groups that I choose" },
      { value: "ones", label: "Resources that I choose" },
    ],
    default: "",
  });
  if (answer === "") throw backedOut();
  if (answer === "everything") return plan;
  const options =
    answer === "groups"
      ? groups.map(({ group, steps }) => ({
          value: group as string,
          label: `${group.padEnd(12)}${counted(countOf(steps.length, "resource"), anHour(steps, "net"))}`,
        }))
      : unitsOf(plan).map((unit) => ({ value: unit.step.id, label: nameOf(unit), hint: hintOf(unit) }));
  const text = answer === "groups" ? "Which groups?" : "Which resources?";
  const chosen = new Set(await host.ask({ kind: "choices", text, options, default: [] }));
  if (chosen.size === 0) throw backedOut();
  return narrowPlan(plan, ({ step }) => chosen.has(answer === "groups" ? groupOf(step.target.type) : step.id));
}

function nameOf({ step, followers }: Unit): string {
  const members = followers.length > 0 ? `, with ${countOf(followers.length, "member")}` : "";
  return `${step.says.replace(/: .*$/, "")}${members}`;
}

function hintOf({ step, followers }: Unit): string {
  return counted(step.target.region, anHour([step, ...followers], "net"));
}

function counted(first: string, money: string): string {
  if (money === "") return first;
  if (money === "unknown") return `${first}, price unknown`;
  return `${first}, saves ${money}${money === "nothing" ? "" : " an hour"}`;
}
