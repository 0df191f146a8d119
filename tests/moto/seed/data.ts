import { asMap, asPairs } from "../made.ts";
import type { Network } from "./network.ts";
import type { Seeding } from "./seeding.ts";

const MASTER = "--master-username shop --master-user-password not-a-real-password";

/** A bucket, a database, an Aurora cluster with one member, a table and a stream. */
export async function seedData(seeding: Seeding, network: Network): Promise<void> {
  const { makeNamed, note, aws, region } = seeding;
  await seedBucket(seeding);
  const subnets = network.subnets.join(" ");
  await aws.call(
    `rds create-db-subnet-group --db-subnet-group-name shop --db-subnet-group-description shop --subnet-ids ${subnets} --tags`,
    asPairs,
  );
  const place = `--db-subnet-group-name shop --vpc-security-group-ids ${network.dataGroup}`;
  await makeNamed(
    "AWS::RDS::DBInstance",
    "shop-orders",
    `rds create-db-instance --db-instance-identifier shop-orders --engine postgres --db-instance-class db.m5.large --allocated-storage 50 ${MASTER} ${place} --query DBInstance.DBInstanceArn --tags`,
    asPairs,
  );
  await makeNamed(
    "AWS::RDS::DBCluster",
    "shop-stock",
    `rds create-db-cluster --db-cluster-identifier shop-stock --engine aurora-postgresql ${MASTER} ${place} --query DBCluster.DBClusterArn --tags`,
    asPairs,
  );
  await makeNamed(
    "AWS::RDS::DBInstance",
    "shop-stock-1",
    "rds create-db-instance --db-instance-identifier shop-stock-1 --db-cluster-identifier shop-stock --engine aurora-postgresql --db-instance-class db.r5.large --query DBInstance.DBInstanceArn --tags",
    asPairs,
  );
  await makeNamed(
    "AWS::DynamoDB::Table",
    "shop-carts",
    "dynamodb create-table --table-name shop-carts --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=5 --query TableDescription.TableArn --tags",
    asPairs,
  );
  await aws.call("kinesis create-stream --stream-name shop-clicks --shard-count 2");
  // Tags given to create-stream are lost on moto.
  await aws.call("kinesis add-tags-to-stream --stream-name shop-clicks --tags", asMap);
  note("AWS::Kinesis::Stream", "shop-clicks", `arn:aws:kinesis:${region}:123456789012:stream/shop-clicks`);
}

/** A bucket with everything that is set by calls of their own. */
async function seedBucket({ note, aws, region }: Seeding): Promise<void> {
  const bucket = `shop-assets-${region}`;
  const place = region === "us-east-1" ? "" : ` --create-bucket-configuration LocationConstraint=${region}`;
  await aws.call(`s3api create-bucket --bucket ${bucket}${place}`);
  note("AWS::S3::Bucket", bucket, `arn:aws:s3:::${bucket}`);
  const set = (what: string, ...args: readonly (string | object)[]) =>
    aws.call(`s3api put-bucket-${what} --bucket ${bucket}`, ...args);
  await set("tagging", "--tagging", { TagSet: asPairs });
  await set("versioning", "--versioning-configuration", { Status: "Enabled" });
  await set("encryption", "--server-side-encryption-configuration", {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
  });
  await set("policy", "--policy", policyOf(bucket, "Deny"));
}

/** Only over TLS; or, for a drift that must be seen, open to everyone. */
export function policyOf(bucket: string, effect: "Allow" | "Deny"): object {
  const condition = effect === "Deny" ? { Condition: { Bool: { "aws:SecureTransport": "false" } } } : {};
  const statement = { Effect: effect, Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` };
  return { Version: "2012-10-17", Statement: [{ ...statement, ...condition }] };
}
