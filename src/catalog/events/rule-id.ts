const DEFAULT_BUS = "default";

/**
 * A rule's name and bus from its id: the name alone on the default bus, else `bus/rule`. Names of partners' buses have
 * slashes in them, names of rules have none.
 */
export function parseRuleId(id: string): { readonly Name: string; readonly EventBusName: string } {
  const Name = id.slice(id.lastIndexOf("/") + 1);
  return { Name, EventBusName: id.slice(0, -Name.length - 1) || DEFAULT_BUS };
}
