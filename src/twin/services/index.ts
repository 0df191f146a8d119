import type { TwinService } from "../service.ts";
import { applicationautoscaling } from "./application-autoscaling.ts";
import { autoscaling } from "./autoscaling/index.ts";
import { cloudformation } from "./cloudformation/index.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { cloudwatch } from "./cloudwatch.ts";
import { dynamodb } from "./dynamodb/index.ts";
import { ec2 } from "./ec2/index.ts";
import { ecs } from "./ecs/index.ts";
import { elasticloadbalancingv2 } from "./elasticloadbalancingv2/index.ts";
import { events } from "./events.ts";
import { iam } from "./iam/index.ts";
import { kinesis } from "./kinesis.ts";
import { kms } from "./kms/index.ts";
import { lambda } from "./lambda/index.ts";
import { logs } from "./logs.ts";
import { rds } from "./rds/index.ts";
import { s3 } from "./s3/index.ts";
import { sagemaker } from "./sagemaker/index.ts";
import { secretsmanager } from "./secretsmanager/index.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";
import { sts } from "./sts.ts";
import { tagging } from "./tagging.ts";

/** Every service the twin simulates. */
export const SERVICES: readonly TwinService[] = [
  applicationautoscaling,
  autoscaling,
  cloudformation,
  cloudtrail,
  cloudwatch,
  dynamodb,
  ec2,
  ecs,
  elasticloadbalancingv2,
  events,
  iam,
  kinesis,
  kms,
  lambda,
  logs,
  rds,
  s3,
  sagemaker,
  secretsmanager,
  sns,
  sqs,
  sts,
  tagging,
];
