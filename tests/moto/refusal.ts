import { type Argument, type Aws, AwscliError } from "./awscli.ts";

/** The error code with which the API refuses a call; `accepted` when it does not. */
export async function refusal(aws: Pick<Aws, "call">, command: string, ...args: readonly Argument[]): Promise<string> {
  try {
    await aws.call(command, ...args);
    return "accepted";
  } catch (error) {
    return error instanceof AwscliError ? (error.code ?? error.message) : String(error);
  }
}
