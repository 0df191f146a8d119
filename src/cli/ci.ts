/** Whether this runs in a build server's log. `CI` is set by many hands; only an outspoken no counts as no. */
export function isCi(env: Readonly<Record<string, string | undefined>>): boolean {
  const value = env.CI;
  return value !== undefined && value !== "" && value !== "false" && value !== "0";
}
