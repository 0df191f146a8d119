/** Writes templates/, the CloudFormation templates of the constructs. A test says when they are not fresh. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { plainTemplates } from "../src/cdk/templates/templates.ts";
import { templateYaml } from "../src/cdk/templates/yaml.ts";

const folder = fileURLToPath(new URL("../templates/", import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, template] of Object.entries(plainTemplates()))
  writeFileSync(
    `${folder}${name}.yaml`,
    `# Generated from src/cdk by \`npm run generate\`: docs/serverless.md.\n${templateYaml(template)}`,
  );
