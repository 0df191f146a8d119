import type { TwinService } from "../service.ts";
import { applicationautoscaling } from "./application-autoscaling.ts";
import { apprunner } from "./apprunner/index.ts";
import { autoscaling } from "./autoscaling/index.ts";
import { ce } from "./ce/index.ts";
import { cloudformation } from "./cloudformation/index.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { cloudwatch } from "./cloudwatch/index.ts";
import { codebuild } from "./codebuild.ts";
import { dms } from "./dms/index.ts";
import { dynamodb } from "./dynamodb/index.ts";
import { ec2 } from "./ec2/index.ts";
import { ecs } from "./ecs/index.ts";
import { eks } from "./eks/index.ts";
import { elasticache } from "./elasticache/index.ts";
import { elasticloadbalancingv2 } from "./elasticloadbalancingv2/index.ts";
import { emr } from "./emr/index.ts";
import { events } from "./events/index.ts";
import { glue } from "./glue.ts";
import { iam } from "./iam/index.ts";
import { kafka } from "./kafka.ts";
import { kinesis } from "./kinesis.ts";
import { kms } from "./kms/index.ts";
import { lambda } from "./lambda/index.ts";
import { logs } from "./logs.ts";
import { opensearch } from "./opensearch.ts";
import { pricing } from "./pricing.ts";
import { rds } from "./rds/index.ts";
import { redshift } from "./redshift/index.ts";
import { s3 } from "./s3/index.ts";
import { sagemaker } from "./sagemaker/index.ts";
import { scheduler } from "./scheduler.ts";
import { secretsmanager } from "./secretsmanager/index.ts";
import { sns } from "./sns/index.ts";
import { sqs } from "./sqs/index.ts";
import { ssm } from "./ssm.ts";
import { sts } from "./sts.ts";
import { tagging } from "./tagging.ts";
import { workspaces } from "./workspaces/index.ts";

/** Every service the twin simulates. */
export const SERVICES: readonly TwinService[] = [
  applicationautoscaling,
  apprunner,
  autoscaling,
  ce,
  cloudformation,
  cloudtrail,
  cloudwatch,
  codebuild,
  dms,
  dynamodb,
  ec2,
  ecs,
  eks,
  elasticache,
  elasticloadbalancingv2,
  emr,
  events,
  glue,
  iam,
  kafka,
  kinesis,
  kms,
  lambda,
  logs,
  opensearch,
  pricing,
  rds,
  redshift,
  s3,
  sagemaker,
  scheduler,
  secretsmanager,
  sns,
  sqs,
  ssm,
  sts,
  tagging,
  workspaces,
];
