import type { Call } from "../service.ts";

/** What a function is given besides its event. */
export interface InvocationContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly functionName: string;
}

/** A function of the simulated account, in this process. */
export type FunctionHandler = (event: never, context: InvocationContext) => unknown;

/** One run of a function. */
export interface Invocation {
  readonly function: string;
  /** Milliseconds. */
  readonly at: number;
  readonly event: object;
  outcome: "running" | "done" | "failed";
  error?: unknown;
}

/** Runs functions side by side and keeps what became of them. */
export interface Functions {
  readonly invocations: readonly Invocation[];
  has(arn: string): boolean;
  /** Starts a function and says when it has ended; a function that throws rejects. */
  invoke(call: Call, arn: string, event: object): Promise<unknown>;
  /** Something else that runs beside the functions; what it throws is kept, too. */
  watch(work: Promise<unknown>): void;
  /** Until nothing runs any more. @throws what work that was watched has thrown */
  settled(): Promise<void>;
}

export function runFunctions(handlers: Readonly<Record<string, FunctionHandler>>): Functions {
  const invocations: Invocation[] = [];
  const running = new Set<Promise<unknown>>();
  const errors: unknown[] = [];
  const watch = (work: Promise<unknown>) => {
    const tracked = work.catch((error: unknown) => errors.push(error)).finally(() => running.delete(tracked));
    running.add(tracked);
  };
  return {
    invocations,
    has: (arn) => handlers[arn] !== undefined,
    async invoke(call, arn, event) {
      const invocation: Invocation = { function: arn, at: call.millis(), event, outcome: "running" };
      invocations.push(invocation);
      const functionName = arn.split(":function:")[1]?.split(":")[0] ?? arn;
      try {
        const handler = handlers[arn] as ((event: object, context: InvocationContext) => unknown) | undefined;
        const result = await handler?.(event, { awsRequestId: call.uuid(), invokedFunctionArn: arn, functionName });
        invocation.outcome = "done";
        return result;
      } catch (error) {
        Object.assign(invocation, { outcome: "failed", error });
        throw error;
      }
    },
    watch,
    async settled() {
      while (running.size > 0) await Promise.all(running);
      if (errors.length > 0) throw errors.shift();
    },
  };
}
