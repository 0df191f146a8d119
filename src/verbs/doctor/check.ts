/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  /** What was found. */
  readonly text: string;
  /** What the person can do about it. */
  readonly todo?: string;
}

export function ok(name: string, text: string): Check {
  return { name, status: "ok", text };
}

export function warn(name: string, text: string, todo?: string): Check {
  return { name, status: "warn", text, ...(todo ? { todo } : {}) };
}

export function fail(name: string, text: string, todo?: string): Check {
  return { name, status: "fail", text, ...(todo ? { todo } : {}) };
}
