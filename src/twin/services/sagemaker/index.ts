import { service, tagList, tagMap } from "../../service.ts";
import { endpointOperations } from "./endpoints.ts";
import { modelOperations } from "./models.ts";
import { notebookOperations } from "./notebooks.ts";
import { tagged } from "./rows.ts";

export const sagemaker = service(
  { namespace: "com.amazonaws.sagemaker", signingName: "sagemaker" },
  () => import("@aws-sdk/client-sagemaker"),
  {
    ...modelOperations,
    ...endpointOperations,
    ...notebookOperations,
    AddTags(input, call) {
      const row = tagged(call, input.ResourceArn);
      Object.assign(row.tags, tagMap(input.Tags));
      return { Tags: tagList(row.tags) };
    },
    DeleteTags(input, call) {
      const { tags } = tagged(call, input.ResourceArn);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTags(input, call) {
      return { Tags: tagList(tagged(call, input.ResourceArn).tags) };
    },
  },
);
