/** A CUR 2.0 export in parquet, written by DuckDB from numbers: the same lines each time. */
import { DuckDBInstance } from "@duckdb/node-api";

export const RESOURCES = 50_000;
/** The first so many are in the baseline. */
export const BASELINE = 20_000;

/** What is charged for, one row each: name, product, account and region, as bills write them. */
const RESOURCE_TABLE = `CREATE TABLE resources AS SELECT r, account, region,
    ['AmazonEC2', 'AmazonEC2', 'AWSLambda', 'AmazonDynamoDB', 'AmazonCloudWatch', 'AmazonS3', 'AWSELB', 'AmazonRDS', 'AWSQueueService'][kind + 1] AS product,
    CASE kind
      WHEN 0 THEN 'i-' || hash17
      WHEN 1 THEN 'vol-' || hash17
      WHEN 2 THEN 'arn:aws:lambda:' || region || ':' || account || ':function:' || name
      WHEN 3 THEN 'arn:aws:dynamodb:' || region || ':' || account || ':table/' || name
      WHEN 4 THEN 'arn:aws:logs:' || region || ':' || account || ':log-group:/aws/lambda/' || name
      WHEN 5 THEN name || '-bucket'
      WHEN 6 THEN 'arn:aws:elasticloadbalancing:' || region || ':' || account || ':loadbalancer/app/' || name || '/' || hash17
      WHEN 7 THEN 'arn:aws:rds:' || region || ':' || account || ':db:' || name
      ELSE 'arn:aws:sqs:' || region || ':' || account || ':' || name
    END AS id
  FROM (SELECT r, r % 9 AS kind, substr(md5(CAST(r AS VARCHAR)), 1, 17) AS hash17,
      CAST(100000000000 + (hash(r) % 12) * 7919 AS VARCHAR) AS account,
      ['eu-west-1', 'us-east-1', 'eu-central-1', 'ap-southeast-2'][1 + CAST(hash(r + 7) % 4 AS BIGINT)] AS region,
      'orders-service-' || ['prod', 'staging', 'dev'][1 + r % 3] || '-' || r AS name
    FROM range(${RESOURCES}) AS numbers(r))`;

/** Hour by hour, the resources of an hour in no order; a twentieth of the lines names no resource. Amounts have ten digits, as AWS's. */
const lines = (count: number) => `SELECT
    substr(md5(CAST(i AS VARCHAR)) || md5(CAST(i + 1 AS VARCHAR)), 1, 52) AS identity_line_item_id,
    strftime(h, '%Y-%m-%dT%H:00:00Z') || '/' || strftime(h + INTERVAL 1 HOUR, '%Y-%m-%dT%H:00:00Z') AS identity_time_interval,
    'Anniversary' AS bill_bill_type,
    'AWS' AS bill_billing_entity,
    '999999999999' AS bill_payer_account_id,
    TIMESTAMP '2026-03-01' AS bill_billing_period_start_date,
    account AS line_item_usage_account_id,
    CASE r % 50 WHEN 0 THEN 'SavingsPlanCoveredUsage' WHEN 1 THEN 'DiscountedUsage' ELSE 'Usage' END AS line_item_line_item_type,
    h AS line_item_usage_start_date,
    h + INTERVAL 1 HOUR AS line_item_usage_end_date,
    product AS line_item_product_code,
    ['BoxUsage:m5.large', 'EBS:VolumeUsage.gp3', 'EU-DataTransfer-Out-Bytes', 'Requests-Tier1', 'TimedStorage-ByteHrs'][1 + (r * 7 + i // ${RESOURCES}) % 5] AS line_item_usage_type,
    'RunInstances' AS line_item_operation,
    region || 'a' AS line_item_availability_zone,
    CASE WHEN r % 20 = 19 THEN '' ELSE id END AS line_item_resource_id,
    1.0::DOUBLE AS line_item_usage_amount,
    'USD' AS line_item_currency_code,
    '0.096' AS line_item_unblended_rate,
    round((hash(i) % 1000000007) / 1e10, 10) AS line_item_unblended_cost,
    round((hash(i) % 1000000007) / 1e10, 10) AS line_item_blended_cost,
    'USD 0.096 per On Demand Linux m5.large Instance Hour' AS line_item_line_item_description,
    region AS product_region_code,
    'Compute' AS product_product_family,
    MAP {'user_team': 'team-' || (r % 40), 'user_environment': ['prod', 'staging', 'dev'][1 + r % 3]} AS resource_tags,
    round((hash(i + 1) % 1000000007) / 1e10, 10) AS pricing_public_on_demand_cost
  FROM (SELECT i, (i * 48271) % ${RESOURCES} AS r, TIMESTAMP '2026-03-01' + INTERVAL 1 HOUR * (i // ${RESOURCES}) AS h
    FROM range(${count}) AS numbers(i)) JOIN resources USING (r)`;

export async function writeBill(file: string, count: number): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: "2GB", temp_directory: `${file}.spilled` });
  const connection = await instance.connect();
  await connection.run(RESOURCE_TABLE);
  await connection.run(
    `COPY (${lines(count)}) TO '${file}' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880)`,
  );
  instance.closeSync();
}

/** The names of the baseline's resources, as the bill has them. */
export async function baselineNames(): Promise<string[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(RESOURCE_TABLE);
  const rows = await (await connection.run(`SELECT id FROM resources WHERE r < ${BASELINE}`)).getRows();
  instance.closeSync();
  return rows.map(([id]) => String(id));
}
