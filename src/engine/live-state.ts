import type { JsonObject } from "../model/json.ts";
import type { Step } from "../model/plan.ts";

/** What a resource is like just now, as far as an operation is concerned. */
export interface LiveState {
  /** `done` = as the operation wants it; `moving` = on its way there; `ready` = may be begun. */
  readonly phase: "ready" | "moving" | "done";
  /** Compared with what the step expects. */
  readonly state: JsonObject;
  /** The same for people: `starting: insufficient capacity`. */
  readonly words?: string;
  /** Why it must be left alone whatever its state is. */
  readonly refusal?: string;
}

/** Carries out the operations of steps. The only thing that changes an account. */
export interface Executor {
  /** Undefined = the resource is gone. */
  look(step: Step): Promise<LiveState | undefined>;
  /**
   * Idempotent, with an absolute target: run twice it leaves what it leaves run once.
   * @param heard is told AWS's request id of each changing call
   */
  act(step: Step, heard: (requestId: string) => void): Promise<void>;
  /** How long the effect may take to show. */
  patienceMs(step: Step): number;
}
