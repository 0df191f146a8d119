import { service } from "../../service.ts";
import { bucketOperations } from "./buckets.ts";
import { listingOperations } from "./listings.ts";
import { objectOperations } from "./objects.ts";
import { settingOperations } from "./settings.ts";
import { uploadOperations } from "./uploads.ts";

export const s3 = service({ namespace: "com.amazonaws.s3", signingName: "s3" }, () => import("@aws-sdk/client-s3"), {
  ...bucketOperations,
  ...listingOperations,
  ...objectOperations,
  ...settingOperations,
  ...uploadOperations,
});
