/** How the price list names an engine. Source: attributes databaseEngine and databaseEdition of AmazonRDS. */
interface Product {
  readonly databaseEngine: string;
  readonly databaseEdition?: string;
}

const PRODUCTS: Readonly<Record<string, Product>> = {
  postgres: { databaseEngine: "PostgreSQL" },
  mysql: { databaseEngine: "MySQL" },
  mariadb: { databaseEngine: "MariaDB" },
  "aurora-postgresql": { databaseEngine: "Aurora PostgreSQL" },
  "aurora-mysql": { databaseEngine: "Aurora MySQL" },
  "oracle-ee": { databaseEngine: "Oracle", databaseEdition: "Enterprise" },
  "oracle-se2": { databaseEngine: "Oracle", databaseEdition: "Standard Two" },
  "sqlserver-ee": { databaseEngine: "SQL Server", databaseEdition: "Enterprise" },
  "sqlserver-se": { databaseEngine: "SQL Server", databaseEdition: "Standard" },
  "sqlserver-web": { databaseEngine: "SQL Server", databaseEdition: "Web" },
  "sqlserver-ex": { databaseEngine: "SQL Server", databaseEdition: "Express" },
};

const LICENCES: Readonly<Record<string, string>> = {
  "license-included": "License included",
  "bring-your-own-license": "Bring your own license",
};

/** Attributes that pick an engine's products; undefined = an engine whose names in the price list are not known. */
export function engineFilters(engine: string, licence: string): Readonly<Record<string, string>> | undefined {
  const product = PRODUCTS[engine];
  if (!product) return undefined;
  // Free engines have no licence; Oracle and SQL Server are sold with one and without.
  if (!product.databaseEdition) return { ...product };
  const licenseModel = LICENCES[licence];
  return licenseModel ? { ...product, licenseModel } : undefined;
}
