import type { Connection } from "../../aws/connection.ts";
import type { Facts } from "../../catalog/contract.ts";
import type { Host } from "../../io/host.ts";
import type { Clock } from "../../model/clock.ts";
import { EvenkeelError, EXIT, type ExitCode, isError } from "../../model/errors.ts";
import { readAll, type Store } from "../../store/store.ts";
import { type Check, fail, ok, warn } from "./check.ts";
import { checkSkew } from "./clock-skew.ts";
import { checkPermissions, checkRemovals, probeTypes } from "./permissions.ts";

/** What the doctor looks at. */
export interface Patient {
  readonly nodeVersion: string;
  /** Where the configuration was found; undefined = there is none. It has been checked by then. */
  readonly configPath: string | undefined;
  readonly storeUrl: string;
  readonly types: readonly Facts[];
  /** Absent = the usual ones; none = whether the account is protected need not be known. */
  readonly protectedAccounts?: readonly string[] | undefined;
  readonly host: Host;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  connect(): Promise<Connection>;
  store(): Promise<Store>;
}

export interface Diagnosis {
  readonly checks: readonly Check[];
  /** 3 = no credentials, 5 = something is missing. */
  readonly exit: ExitCode;
}

/** Checks everything that a verb needs, one after the other, and goes on where one fails. Changes nothing in AWS. */
export async function examine(patient: Patient): Promise<Diagnosis> {
  const local = [checkNode(patient.nodeVersion), checkConfig(patient.configPath)];
  const signedIn = await signIn(patient);
  if (signedIn.connection === undefined) {
    // A bucket is out of reach then; a folder is not.
    const store = patient.storeUrl.startsWith("s3:") ? [] : [await checkStore(patient)];
    return { checks: [...local, ...store, signedIn.check], exit: EXIT.credentials };
  }
  const { connection, check } = signedIn;
  let skew: number | undefined;
  const seeTime = (serverTime: number) => {
    skew ??= serverTime - patient.clock.now();
  };
  const account = await checkAccount(connection);
  const permissions = await permissionChecks(connection, patient, seeTime);
  const checks = [...local, await checkStore(patient), check, account, checkSkew(skew), ...permissions];
  return { checks, exit: checks.some(({ status }) => status === "fail") ? EXIT.partial : EXIT.done };
}

async function permissionChecks(
  connection: Connection,
  patient: Patient,
  seeTime: (time: number) => void,
): Promise<Check[]> {
  const { types, host, signal, protectedAccounts } = patient;
  try {
    const probes = await probeTypes({ connection, types, host, signal, seeTime });
    return [
      ...checkPermissions(probes, ["snapshot", "delta"]),
      checkRemovals(probes, types, protectedAccounts?.length === 0 ? [] : await connection.aliases()),
    ];
  } catch (error) {
    if (!isError(error)) throw error;
    return [failed("permissions", error)];
  }
}

/** The floor stands in package.json, too. */
const LEAST_NODE = [20, 19] as const;

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  return isEnough ? ok("node", version) : fail("node", version, `install Node.js ${LEAST_NODE.join(".")} or newer`);
}

function checkConfig(path: string | undefined): Check {
  return ok("configuration", path ?? "none; the defaults are in effect");
}

async function signIn(patient: Patient): Promise<{ readonly check: Check; readonly connection?: Connection }> {
  try {
    const connection = await patient.connect();
    return { connection, check: ok("credentials", `${connection.caller} in account ${connection.account}`) };
  } catch (error) {
    if (!isError(error)) throw error;
    return { check: failed("credentials", error) };
  }
}

/** AWS's codes for a signature that was made at another time than it arrived. */
const TIME_CODES = ["RequestTimeTooSkewed", "RequestExpired", "SignatureDoesNotMatch"];

function failed(name: string, error: EvenkeelError): Check {
  const { awsCode } = error.details;
  // The usual hint sends here.
  const hint =
    error.code === "NO_CREDENTIALS"
      ? "set AWS_PROFILE or --profile, or sign in (for SSO: `aws sso login`)"
      : error.details.hint;
  const clock = TIME_CODES.includes(awsCode ?? "") ? "check the machine's clock" : undefined;
  return fail(name, error.message, [hint, clock].filter(Boolean).join("; ") || undefined);
}

async function checkAccount(connection: Connection): Promise<Check> {
  try {
    const regions = await connection.enabledRegions();
    return ok("regions", `${regions.length} enabled, default ${connection.defaultRegion}`);
  } catch (error) {
    if (!(error instanceof EvenkeelError)) throw error;
    return failed("regions", error);
  }
}

async function checkStore({ store: open, storeUrl, clock }: Patient): Promise<Check> {
  const path = `probes/doctor-${clock.now()}`;
  const content = Buffer.from("written by evenkeel doctor\n");
  try {
    const store = await open();
    await store.write(path, content);
    const read = await readAll(store, path);
    await store.remove(path);
    if (read?.equals(content)) return ok("store", `${storeUrl} can be written and read`);
    return warn("store", `${storeUrl} gave back something else than was written`, "check what else writes there");
  } catch (error) {
    if (!isError(error)) throw error;
    return failed("store", error);
  }
}
