import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { EvenkeelError } from "../../model/errors.ts";
import { folderOf } from "../../store/open.ts";
import type { Frame } from "../frame.ts";
import { savedConfigPath, writeSavedConfig } from "../saved-config.ts";
import { askForRole, type Chosen } from "./ask-role.ts";
import { assume, checkedRole, signInAsIs } from "./sign-in.ts";

export interface SetUpTerms {
  readonly asIs: boolean;
  /** For the template. */
  readonly mfa: boolean;
  /** The bill runs. */
  readonly hurry: boolean;
}

/** What a setup came to. */
export interface SetUp extends Chosen {
  readonly path: string;
  readonly store: string;
}

/**
 * Finds out what is missing, tries what there is, and saves it.
 * @throws EvenkeelError NO_CREDENTIALS, EXPIRED_CREDENTIALS, ACCESS_DENIED, CANCELLED: nothing is saved then
 */
export async function setUp(frame: Frame, terms: SetUpTerms): Promise<SetUp> {
  const named = roleToTry(frame);
  const role = named === undefined ? undefined : checkedRole(named);
  if (role && terms.asIs)
    throw new EvenkeelError("USAGE", "--as-is takes no role, and --role-arn names one", { hint: "give one of them" });
  const base = await signInAsIs(frame);
  frame.host.tell({ kind: "info", text: `Signed in to account ${base.account} as ${base.caller}.` });
  const chosen = terms.asIs
    ? { connection: base }
    : role
      ? { connection: await assume(frame, base, role), role: role.arn }
      : await chooseRole(frame, base, terms);
  return { ...chosen, ...(await save(frame, chosen.role)) };
}

/** A role that a former setup has saved is what is being set up anew. */
function roleToTry({ settings: { roleArn }, around }: Frame): string | undefined {
  const { source, value } = roleArn;
  return source.kind === "file" && source.path === savedConfigPath(around.home) ? undefined : value;
}

function chooseRole(frame: Frame, base: Chosen["connection"], { mfa, hurry }: SetUpTerms): Promise<Chosen> {
  if (frame.asks) return askForRole(frame, base, mfa, hurry);
  throw new EvenkeelError("USAGE", "no role is named, and nobody can be asked", {
    hint: "give --role-arn ARN, or --as-is to work without a role; --template-out FILE writes a template of one",
    state: "Nothing was changed.",
  });
}

async function save(frame: Frame, role: string | undefined): Promise<Pick<SetUp, "path" | "store">> {
  const { profile, externalId, mfaSerial, endpointUrl } = frame.settings;
  const store = storeToSave(frame);
  const path = await writeSavedConfig(frame.around.home, {
    ...(frame.savedFile?.values as Record<string, string> | undefined),
    profile: profile.value,
    "role-arn": role,
    "external-id": role && externalId.value,
    "mfa-serial": role && mfaSerial.value,
    "endpoint-url": endpointUrl.value,
    ...(store.keep ? { store: store.url } : {}),
  });
  return { path, store: store.url };
}

/**
 * A folder that depends on where one stands would hide a pause's record from a resume somewhere else. So the one that is
 * in use here is written down with its whole path; where there is none yet, one in the home folder.
 */
function storeToSave({ settings: { store }, around }: Frame): { readonly url: string; readonly keep: boolean } {
  if (store.source.kind === "flag") {
    const isBucket = /^s3:/i.test(store.value);
    return { url: isBucket ? store.value : `file:${resolve(around.cwd, folderOf(store.value))}`, keep: true };
  }
  if (store.source.kind !== "default") return { url: store.value, keep: false };
  const here = join(around.cwd, ".evenkeel");
  const home = join(around.home, ".evenkeel");
  const url = existsSync(here) && here !== home ? `file:${here}` : `file:${join(home, "store")}`;
  return { url, keep: true };
}
