import type { ErrorCode } from "../model/errors.ts";

/** What verbs and engine have to tell while they work. Hosts decide how it looks; results are returned, not told. */
export type Message =
  | { readonly kind: "info"; readonly text: string }
  | { readonly kind: "warning"; readonly text: string; readonly hint?: string }
  | {
      readonly kind: "error";
      readonly code: ErrorCode;
      readonly text: string;
      readonly hint?: string;
      readonly state?: string;
    }
  /** Only shown with --verbose. */
  | { readonly kind: "detail"; readonly text: string }
  | Progress;

/** Long work: shown with count and ETA. The same `task` replaces its former line; `done === total` ends it. */
export interface Progress {
  readonly kind: "progress";
  /** What is under way: "scan". */
  readonly task: string;
  readonly done: number;
  readonly total: number;
  /** What was just finished or is being waited for: "eu-west-1 AWS::EC2::Instance". */
  readonly at?: string;
  /** A running count worth showing: "1,204 resources". */
  readonly note?: string;
}

/** A question carries the answer that is taken when nobody can be asked: always the one that changes nothing. */
export type Question =
  | { readonly kind: "confirm"; readonly text: string; readonly default: false }
  | { readonly kind: "text"; readonly text: string; readonly default: ""; readonly secret?: boolean }
  | {
      readonly kind: "choice";
      readonly text: string;
      readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
      readonly default: string;
    }
  /** Any number of the options; none is what backing out gives. */
  | {
      readonly kind: "choices";
      readonly text: string;
      readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
      readonly default: readonly string[];
    };

export type Answer<Q extends Question> = Q extends { kind: "confirm" }
  ? boolean
  : Q extends { kind: "choices" }
    ? readonly string[]
    : string;

/** Where messages go and questions are answered: a terminal, JSON lines, a Lambda's log, a test's memory. */
export interface Host {
  tell(message: Message): void;
  /** Without anybody to ask, gives the default. */
  ask<Q extends Question>(question: Q): Promise<Answer<Q>>;
}
