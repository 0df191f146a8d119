import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateStreamCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateDBClusterCommand, CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { CreateBucketCommand, PutBucketTaggingCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Network } from "./network.ts";
import { known, type Seed, tags } from "./seed.ts";

/** Databases, a table, a stream, a bucket, a key and a secret. */
export async function data(seed: Seed, at: Network): Promise<void> {
  const rds = seed.client(RDSClient);
  const login = { MasterUsername: "app", MasterUserPassword: "correct-horse-battery" };
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: "orders",
      Engine: "postgres",
      DBInstanceClass: "db.m6g.large",
      AllocatedStorage: 100,
      VpcSecurityGroupIds: [at.dataGroup],
      Tags: tags({ env: "staging" }),
      ...login,
    }),
  );
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: "analytics",
      Engine: "aurora-postgresql",
      Tags: tags({ env: "staging" }),
      ...login,
    }),
  );
  for (const member of ["analytics-1", "analytics-2"])
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: member,
        DBClusterIdentifier: "analytics",
        Engine: "aurora-postgresql",
        DBInstanceClass: "db.r6g.large",
      }),
    );
  await seed.client(DynamoDBClient).send(
    new CreateTableCommand({
      TableName: "carts",
      AttributeDefinitions: [{ AttributeName: "cart", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "cart", KeyType: "HASH" }],
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 50, WriteCapacityUnits: 20 },
      Tags: tags({ env: "staging" }),
    }),
  );
  await seed.client(KinesisClient).send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 4 }));
  await buckets(seed);
  const key = await seed
    .client(KMSClient)
    .send(new CreateKeyCommand({ Description: "orders data", Tags: [{ TagKey: "env", TagValue: "staging" }] }));
  await seed.client(SecretsManagerClient).send(
    new CreateSecretCommand({
      Name: "orders/database",
      KmsKeyId: known(key.KeyMetadata?.KeyId),
      SecretString: JSON.stringify(login),
      Tags: tags({ env: "staging" }),
    }),
  );
}

async function buckets(seed: Seed): Promise<void> {
  const s3 = seed.client(S3Client);
  for (const purpose of ["uploads", "reports"]) {
    const Bucket = `acme-staging-${purpose}-${seed.account}`;
    const place = { LocationConstraint: seed.region as "eu-west-1" };
    await s3.send(
      new CreateBucketCommand({ Bucket, ...(seed.region === "us-east-1" ? {} : { CreateBucketConfiguration: place }) }),
    );
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tags({ env: "staging", purpose }) } }));
  }
}
