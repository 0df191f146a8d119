import { hostname, userInfo } from "node:os";
import { VERSION } from "../model/version.ts";

/** From where a run was started, for the audit. */
export interface Origin {
  /** The machine's name. */
  readonly host: string;
  readonly user: string;
  /** Evenkeel's version. */
  readonly version: string;
  readonly where: "command line" | "function";
  /** Tells on the same machine whether the run is still under way. */
  readonly pid: number;
}

/** This process. */
export function thisOrigin(where: Origin["where"] = "command line"): Origin {
  return { host: hostname(), user: userName(), version: VERSION, where, pid: process.pid };
}

/** In a container the user often has a number and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? `uid ${process.getuid?.() ?? "unknown"}`;
  }
}

/** Whether a process of this machine is alive; one that belongs to somebody else is. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
