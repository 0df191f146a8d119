import { clean } from "../io/screen.ts";
import { isError } from "../model/errors.ts";
import { writeReport } from "../store/reports.ts";
import type { StoreContext } from "./door.ts";
import type { News } from "./notify.ts";

export interface FunctionReport extends Omit<News, "whole"> {
  /** Of the file that keeps it: a run's id, a snapshot's name. */
  readonly name: string;
  /** A command that makes it again, for when it could not be kept. */
  readonly again: string;
}

/** Keeps a report whole in the store, and tells people as much of it as each way has room for. */
export async function tellReport(context: StoreContext, report: FunctionReport): Promise<void> {
  const { connection, host, notify, lastStore } = context;
  const { name, again, ...news } = report;
  let whole = again;
  try {
    whole = await writeReport(await lastStore(), connection.account, name, clean(report.text));
  } catch (error) {
    if (!isError(error)) throw error;
    host.tell({ kind: "warning", text: `the whole report could not be kept: ${error.message}`, hint: again });
  }
  await notify({ ...news, whole });
}
