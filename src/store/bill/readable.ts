import { EvenkeelError } from "../../model/errors.ts";

/** What DuckDB says of files and of the machine; anything else that it says is a mistake in our SQL. */
const OF_FILES = /^(IO|Invalid Input|Invalid|Conversion|Out of Range|Permission|Serialization|Not implemented) Error: /;
const OF_MACHINE = /^Out of Memory Error: /;

/** Runs what reads a bill; what DuckDB can't read of it becomes USAGE. */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof EvenkeelError) throw error;
    const [said = ""] = error.message.split("\n", 1);
    if (OF_MACHINE.test(said))
      throw new EvenkeelError("STORE_FAILED", `the bill needs more room than there is: ${said}`, {
        hint: "free some space in the folder for temporary files (TMPDIR), or take fewer files at a time",
        cause: error,
      });
    if (!OF_FILES.test(said)) throw error;
    throw new EvenkeelError("USAGE", `the bill can't be read: ${said.replace(OF_FILES, "")}`, {
      hint: "a file may be damaged, or cut off: download it again",
      cause: error,
    });
  }
}
