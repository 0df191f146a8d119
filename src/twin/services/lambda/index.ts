import { service } from "../../service.ts";
import { accessOperations } from "./access.ts";
import { functionOperations } from "./functions.ts";
import { mappingOperations } from "./mappings.ts";
import { versionOperations } from "./versions.ts";

export const lambda = service(
  { namespace: "com.amazonaws.lambda", signingName: "lambda" },
  () => import("@aws-sdk/client-lambda"),
  { ...accessOperations, ...functionOperations, ...mappingOperations, ...versionOperations },
);
