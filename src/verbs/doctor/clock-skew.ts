import { type Check, fail, ok, warn } from "./check.ts";

/**
 * AWS refuses requests whose time is off by more than five minutes (S3: fifteen).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const REFUSED_MS = 5 * 60_000;
const WORTH_A_WORD_MS = 60_000;

/** Whether the machine's clock agrees with AWS's. @param skewMs AWS's time less ours; undefined = no answer told */
export function checkSkew(skewMs: number | undefined): Check {
  const name = "clock";
  if (skewMs === undefined) return warn(name, "unknown: no answer told AWS's time");
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const text = `${seconds} s ${skewMs < 0 ? "ahead of" : "behind"} AWS`;
  const todo = "set the machine's clock (NTP); AWS refuses calls that are five minutes off";
  if (Math.abs(skewMs) >= REFUSED_MS) return fail(name, text, todo);
  if (Math.abs(skewMs) >= WORTH_A_WORD_MS) return warn(name, text, todo);
  // The Date header has whole seconds.
  return ok(name, seconds <= 1 ? "agrees with AWS" : text);
}

interface Answer {
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}
type Handler = (args: object) => Promise<Answer>;
interface Tappable {
  readonly middlewareStack?: { add(middleware: (next: Handler) => Handler, options: object): void };
}

/** Tells the time of each answer that a client gets. Clients without a wire (the twin's) have none to tell. */
export function tapDate(client: unknown, see: (serverTime: number) => void): void {
  const middleware = (next: Handler) => async (args: object) => {
    const answer = await next(args);
    const time = Date.parse(answer.response?.headers?.date ?? "");
    if (!Number.isNaN(time)) see(time);
    return answer;
  };
  (client as Tappable).middlewareStack?.add(middleware, {
    step: "deserialize",
    priority: "low",
    name: "evenkeelDate",
    override: true,
  });
}
