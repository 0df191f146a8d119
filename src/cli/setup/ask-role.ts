import type { Connection } from "../../aws/connection.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import { OPERATOR_ROLE } from "../../verbs/iam/operator.ts";
import type { Frame } from "../frame.ts";
import { assume, checkedRole } from "./sign-in.ts";
import { deployLine, roleTemplate, writeTemplate } from "./template.ts";

/** As whom later commands work. */
export interface Chosen {
  readonly connection: Connection;
  /** Absent = as the credentials are. */
  readonly role?: string;
}

const TEMPLATE_FILE = `${OPERATOR_ROLE}.yaml`;

/** Backing out, or nobody to ask. */
export function backedOut(state = "Nothing was changed."): EvenkeelError {
  return new EvenkeelError("CANCELLED", "cancelled", { state });
}

/**
 * Asks as whom Evenkeel is to work, and tries it.
 * @param hurry the bill runs: what needs no preparation is offered first
 * @throws EvenkeelError CANCELLED when the person backs out
 */
export async function askForRole(frame: Frame, base: Connection, mfa: boolean, hurry: boolean): Promise<Chosen> {
  const asIs = { value: "as-is", label: "As I am now", hint: base.caller };
  const roles = [
    { value: "template", label: "As a role made for it", hint: "a template of the least rights" },
    { value: "typed", label: "As a role that is there", hint: "I type its ARN" },
  ];
  const options = hurry ? [asIs, ...roles] : [...roles, asIs];
  const text = `As whom is Evenkeel to work in account ${base.account}?`;
  const answer = await frame.host.ask({ kind: "choice", text, options, default: "" });
  if (answer === "as-is") return { connection: base };
  if (answer === "typed") return tryRole(frame, base, await typedArn(frame));
  if (answer === "template") return tryRole(frame, base, await madeFromTemplate(frame, base, mfa));
  throw backedOut();
}

async function madeFromTemplate(frame: Frame, base: Connection, mfa: boolean): Promise<string> {
  const { settings } = frame;
  const template = roleTemplate(settings, base.partition, { externalId: settings.externalId.value, mfa });
  await writeTemplate(TEMPLATE_FILE, template);
  const arn = `arn:${base.partition}:iam::${base.account}:role/${OPERATOR_ROLE}`;
  frame.host.tell({
    kind: "info",
    text: `Wrote ${TEMPLATE_FILE}. Somebody who may make IAM roles deploys it with\n  ${deployLine(TEMPLATE_FILE)}`,
  });
  if (await frame.host.ask({ kind: "confirm", text: `Is the stack there? Then I try ${arn}`, default: false }))
    return arn;
  throw backedOut(`${TEMPLATE_FILE} was written; nothing else was changed.`);
}

async function typedArn(frame: Frame): Promise<string> {
  const text = await frame.host.ask({ kind: "text", text: "ARN of the role", default: "" });
  if (text === "") throw backedOut();
  return text;
}

async function tryRole(frame: Frame, base: Connection, first: string): Promise<Chosen> {
  for (let arn = first; ; ) {
    try {
      const role = checkedRole(arn);
      return { connection: await assume(frame, base, role), role: role.arn };
    } catch (error) {
      if (!isError(error, "USAGE", "ACCESS_DENIED")) throw error;
      const { hint } = error.details;
      frame.host.tell({ kind: "warning", text: error.message, ...(hint ? { hint } : {}) });
    }
    const answer = await frame.host.ask({
      kind: "choice",
      text: "What now?",
      options: [
        { value: "again", label: "Try it again" },
        { value: "typed", label: "Type another ARN" },
      ],
      default: "",
    });
    if (answer === "") throw backedOut();
    if (answer === "typed") arn = await typedArn(frame);
  }
}
