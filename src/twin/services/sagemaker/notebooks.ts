import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, tagMap } from "../../service.ts";
import { type Notebook, notebooks, summaries } from "./rows.ts";

const moveOf = (name: string | undefined) => `sagemaker.notebook-instance/${name}`;

/** AWS gives no times; these are usual ones. */
const STARTING_MS = 4 * 60_000;
const STOPPING_MS = 2 * 60_000;
const UPDATING_MS = 60_000;
const DELETING_MS = 60_000;

/** As it is by now; one whose deletion has ended is no more. Source of the words: what AWS answers, the API reference gives none. */
function notebookNamed(call: Call, name = ""): Notebook {
  const row = notebooks(call).get(name);
  const arrived = row && arrive(call, moveOf(name), row.description);
  if (arrived && row.description.NotebookInstanceStatus === "Deleting") notebooks(call).delete(name);
  else if (row) return row.description;
  throw new AwsFault("ValidationException", "RecordNotFound");
}

function allNow(call: Call): Notebook[] {
  for (const { description } of notebooks(call).all()) {
    const { NotebookInstanceName: name = "" } = description;
    if (arrive(call, moveOf(name), description) && description.NotebookInstanceStatus === "Deleting")
      notebooks(call).delete(name);
  }
  return notebooks(call)
    .all()
    .map(({ description }) => description);
}

/** Begins what an operation asks for, from the states that AWS takes it in. */
function transit(
  call: Call,
  row: Notebook,
  { from, to, ms, ends }: { from: readonly string[]; to: Notebook["NotebookInstanceStatus"]; ms: number; ends: string },
): void {
  const { NotebookInstanceName: name, NotebookInstanceStatus: status, NotebookInstanceArn: arn } = row;
  if (!from.includes(status ?? ""))
    throw new AwsFault(
      "ValidationException",
      `Status (${status}) not in ([${from.join(", ")}]). Unable to transition to (${to}) for Notebook Instance (${arn})`,
    );
  Object.assign(row, { NotebookInstanceStatus: to, LastModifiedTime: call.now() });
  later(call, moveOf(name), ms, { NotebookInstanceStatus: ends });
}

const AT_REST = ["Stopped", "Failed"];

/** What a listing tells of one. */
function summary(row: Notebook) {
  const { NotebookInstanceName, NotebookInstanceArn, NotebookInstanceStatus, Url, InstanceType } = row;
  const { CreationTime, LastModifiedTime, NotebookInstanceLifecycleConfigName } = row;
  const times = { CreationTime, LastModifiedTime };
  const about = { Url, InstanceType, NotebookInstanceLifecycleConfigName };
  return { NotebookInstanceName, NotebookInstanceArn, NotebookInstanceStatus, ...about, ...times };
}

/** Notebook instances. Defaults: SageMaker API reference, CreateNotebookInstance. */
export const notebookOperations = {
  CreateNotebookInstance(input, call) {
    const { NotebookInstanceName: name = "", Tags, SecurityGroupIds, LifecycleConfigName, ...members } = input;
    if (allNow(call).some((row) => row.NotebookInstanceName === name))
      throw new AwsFault("ValidationException", `Cannot create a duplicate notebook instance (${name})`);
    const NotebookInstanceArn = call.arn("sagemaker", `notebook-instance/${name}`);
    const now = call.now();
    const description: Notebook = {
      DirectInternetAccess: "Enabled",
      VolumeSizeInGB: 5,
      RootAccess: "Enabled",
      PlatformIdentifier: "notebook-al2023-v1",
      IpAddressType: "ipv4",
      ...members,
      NotebookInstanceName: name,
      NotebookInstanceArn,
      NotebookInstanceStatus: "Pending",
      Url: `${name}.notebook.${call.region}.sagemaker.aws`,
      ...(SecurityGroupIds ? { SecurityGroups: SecurityGroupIds } : {}),
      ...(input.SubnetId ? { NetworkInterfaceId: call.id("eni-") } : {}),
      ...(LifecycleConfigName ? { NotebookInstanceLifecycleConfigName: LifecycleConfigName } : {}),
      CreationTime: now,
      LastModifiedTime: now,
    };
    notebooks(call).put(name, { description, tags: tagMap(Tags) });
    later(call, moveOf(name), STARTING_MS, { NotebookInstanceStatus: "InService" });
    return { NotebookInstanceArn };
  },
  DescribeNotebookInstance(input, call) {
    return notebookNamed(call, input.NotebookInstanceName);
  },
  ListNotebookInstances(input, call) {
    const nameOf = ({ NotebookInstanceName: name = "" }: Notebook) => name;
    const found = allNow(call)
      .filter(({ NotebookInstanceStatus: status }) => !input.StatusEquals || status === input.StatusEquals)
      .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    if (input.SortOrder === "Descending") found.reverse();
    const { items, next } = summaries(found, nameOf, input);
    return { NotebookInstances: items.map(summary), NextToken: next };
  },
  StopNotebookInstance(input, call) {
    const row = notebookNamed(call, input.NotebookInstanceName);
    transit(call, row, { from: ["InService"], to: "Stopping", ms: STOPPING_MS, ends: "Stopped" });
  },
  StartNotebookInstance(input, call) {
    const row = notebookNamed(call, input.NotebookInstanceName);
    transit(call, row, { from: AT_REST, to: "Pending", ms: STARTING_MS, ends: "InService" });
  },
  UpdateNotebookInstance(input, call) {
    const row = notebookNamed(call, input.NotebookInstanceName);
    if ((input.VolumeSizeInGB ?? Number.POSITIVE_INFINITY) < (row.VolumeSizeInGB ?? 0))
      throw new AwsFault("ValidationException", "The volume size of a notebook instance can't be decreased.");
    transit(call, row, { from: AT_REST, to: "Updating", ms: UPDATING_MS, ends: "Stopped" });
    const { InstanceType, VolumeSizeInGB, RoleArn, RootAccess } = input;
    const given = Object.entries({ InstanceType, VolumeSizeInGB, RoleArn, RootAccess });
    Object.assign(row, Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  },
  DeleteNotebookInstance(input, call) {
    const row = notebookNamed(call, input.NotebookInstanceName);
    transit(call, row, { from: AT_REST, to: "Deleting", ms: DELETING_MS, ends: "Deleting" });
  },
} satisfies Operations<typeof import("@aws-sdk/client-sagemaker")>;
