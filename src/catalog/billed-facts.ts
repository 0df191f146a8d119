/** How bills name resources of a type, where the type's own ARN does not tell. Source: CUR user guide, "lineItem/ResourceId". */
export interface BilledFacts {
  /** Bare ids of this beginning and hexadecimal digits, without an ARN: `i-`. */
  readonly bare?: string;
  /** Bare names, without an ARN, under this product code or service name: `AmazonS3`. */
  readonly products?: readonly string[];
  /** A member of the configuration whose value may stand in the id's place. */
  readonly alsoBy?: string;
  /** The id ends here, and what follows is a part of the resource. */
  readonly idEnds?: ":" | "/";
  /** Only ids that begin so are of this type: others of the same form are of types that the catalog lacks. */
  readonly ids?: readonly string[];
  /** Names like this are of types that the catalog lacks, though they have the same form. */
  readonly others?: RegExp;
}
