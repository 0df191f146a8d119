import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { region } from "../../model/brand.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `orders-${letter}`);

const policy = (Bucket: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Deny", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}/*` }],
  });

contractSuite("AWS::S3::Bucket", {
  seed: async ({ send }) => {
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" as BucketLocationConstraint };
    for (const Bucket of NAMES) {
      await send(S3Client, new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      await send(S3Client, new PutBucketPolicyCommand({ Bucket, Policy: policy(Bucket) }));
      const Tagging = { TagSet: [{ Key: "team", Value: "orders" }] };
      await send(S3Client, new PutBucketTaggingCommand({ Bucket, Tagging }));
    }
    await send(S3Client, new CreateBucketCommand({ Bucket: "elsewhere" }), region("us-east-1"));
    return NAMES;
  },
  remove: ({ send }, Bucket) => send(S3Client, new DeleteBucketCommand({ Bucket })),
  change: ({ send }, Bucket) => {
    const open = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };
    return send(S3Client, new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: open }));
  },
  unusedActions: { "s3:GetBucketLocation": "asked only where the listing leaves a bucket's region out" },
});
