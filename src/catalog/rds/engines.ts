/** DocumentDB and Neptune answer under the RDS API; they stop, start and cost by other rules. */
const OTHERS = /^(docdb|neptune)/;

/** Whether an engine is RDS's own. */
export function isRds(engine: string | undefined): boolean {
  return !OTHERS.test(engine ?? "");
}
