import { service } from "../../service.ts";
import { accountOperations } from "./account.ts";
import { attachmentOperations } from "./attachments.ts";
import { credentialOperations } from "./credentials.ts";
import { instanceProfileOperations } from "./instance-profiles.ts";
import { keyOperations } from "./keys.ts";
import { policyOperations } from "./policies.ts";
import { roleOperations } from "./roles.ts";
import { userOperations } from "./users.ts";

export const iam = service(
  { namespace: "com.amazonaws.iam", signingName: "iam" },
  () => import("@aws-sdk/client-iam"),
  {
    ...accountOperations,
    ...attachmentOperations,
    ...credentialOperations,
    ...instanceProfileOperations,
    ...keyOperations,
    ...policyOperations,
    ...roleOperations,
    ...userOperations,
  },
);
