import { EvenkeelError } from "../model/errors.ts";

/* What the operating system says, in words, and what a person can do about it. */
const FAILURES: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EACCES: ["permission denied", "make the folder yours (owner and mode), or choose another one with --store"],
  EPERM: ["the file system does not permit it", "choose a folder on a local disk with --store, or s3://bucket/prefix"],
  ENOTSUP: ["the file system can't do it", "choose a folder on a local disk with --store, or s3://bucket/prefix"],
  EROFS: ["the file system is read-only", "choose a writable folder with --store"],
  ENOSPC: ["no space is left on the disk", "free some space, or choose another folder with --store"],
  EDQUOT: ["the disk quota is used up", "free some space, or choose another folder with --store"],
  ENOTDIR: ["a file stands where a folder should be", "move that file away, or choose another folder with --store"],
  EISDIR: ["a folder stands where a file should be", "move that folder away, or choose another one with --store"],
  ENAMETOOLONG: ["the name is too long for this file system", "use a shorter name or a shorter path in --store"],
  EMFILE: ["too many files are open", "raise the limit with `ulimit -n`"],
  EIO: ["the disk reports an error", "check the disk; choose another folder with --store"],
};

/**
 * Runs file system calls; what they throw becomes STORE_FAILED with what to do.
 * @param doing as in "could not <doing>": `write /x/y`
 * @param state what was left behind, when that is worth saying
 */
export async function onDisk<T>(doing: string, calls: () => Promise<T>, state?: string): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    const code = errno(error);
    if (code === undefined) throw error;
    const [why, hint] = FAILURES[code] ?? [code, "check the folder, or choose another one with --store"];
    throw new EvenkeelError("STORE_FAILED", `could not ${doing}: ${why} (${code})`, {
      hint,
      cause: error,
      ...(state === undefined ? {} : { state }),
    });
  }
}

/** The error code of a failed system call, `ENOENT`; undefined for any other error. */
export function errno(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  return String(error.code);
}

/** Whether a call failed because the thing is not there. */
export function isMissing(error: unknown): boolean {
  return errno(error) === "ENOENT";
}
