/** A form's fields as a tree: `Filter.1.Name=x` is Filter > 1 > Name with the text x. */
export interface FormNode {
  text?: string;
  readonly children: Map<string, FormNode>;
}

/** Reads the fields of a query request, from its body or its query string. */
export function formTree(fields: Iterable<readonly [string, string]>): FormNode {
  const root: FormNode = { children: new Map() };
  for (const [name, text] of fields) {
    let node = root;
    for (const part of name.split(".")) {
      const known = node.children.get(part);
      const child = known ?? { children: new Map() };
      if (!known) node.children.set(part, child);
      node = child;
    }
    node.text = text;
  }
  return root;
}

/** The numbered children in the order of their numbers; gaps do not matter. */
export function numbered(node: FormNode): FormNode[] {
  const rows = [...node.children].filter(([key]) => /^\d+$/.test(key));
  return rows.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}
