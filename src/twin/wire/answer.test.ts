import { CborCodec } from "@smithy/core/cbor";
import { describe, expect, it } from "vitest";
import { AwsFault } from "../service.ts";
import { answer } from "./answer.ts";
import { cannedTwin } from "./canned-twin.ts";
import type { WireAnswer, WireRequest } from "./exchange.ts";
import { formRequest, rawRequest } from "./raw-requests.ts";

const SERVICES = {
  ec2: { namespace: "com.amazonaws.ec2", signingName: "ec2", operations: ["DescribeVpcs"] },
  iam: { namespace: "com.amazonaws.iam", signingName: "iam", operations: ["GetRole", "DeleteRole"] },
  sqs: { namespace: "com.amazonaws.sqs", signingName: "sqs", operations: ["GetQueueUrl", "ListQueues", "CreateQueue"] },
  lambda: { namespace: "com.amazonaws.lambda", signingName: "lambda", operations: ["GetFunction"] },
  s3: { namespace: "com.amazonaws.s3", signingName: "s3", operations: ["GetBucketTagging", "HeadBucket"] },
  cloudwatch: { namespace: "com.amazonaws.cloudwatch", signingName: "monitoring", operations: ["DescribeAlarms"] },
} as const;

const SDKS = {
  ec2: () => import("@aws-sdk/client-ec2"),
  iam: () => import("@aws-sdk/client-iam"),
  sqs: () => import("@aws-sdk/client-sqs"),
  lambda: () => import("@aws-sdk/client-lambda"),
  s3: () => import("@aws-sdk/client-s3"),
  cloudwatch: () => import("@aws-sdk/client-cloudwatch"),
} as const;

const canned = (name: keyof typeof SERVICES) => cannedTwin(SERVICES[name], SDKS[name]);

const ASKS: Readonly<Record<keyof typeof SERVICES, WireRequest>> = {
  ec2: formRequest("ec2", "Action=DescribeVpcs&Version=2016-11-15"),
  iam: formRequest("iam", "Action=GetRole&Version=2010-05-08&RoleName=a"),
  sqs: rawRequest("sqs", {
    headers: {
      "x-amz-target": "AmazonSQS.GetQueueUrl",
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-query-mode": "true",
    },
    body: "{}",
  }),
  lambda: rawRequest("lambda", { method: "GET", path: "/2015-03-31/functions/f" }),
  s3: rawRequest("s3", { method: "GET", path: "/b", query: { tagging: [""] } }),
  cloudwatch: rawRequest("monitoring", {
    path: "/service/GraniteServiceVersion20100801/operation/DescribeAlarms",
    headers: { "smithy-protocol": "rpc-v2-cbor" },
  }),
};

async function failing(name: keyof typeof SERVICES, fault: unknown, request = ASKS[name]) {
  const service = canned(name);
  service.output = () => {
    throw fault;
  };
  const reply = responded(await answer(service.twin, request));
  return { ...reply, twin: service.twin };
}

function responded(reply: WireAnswer) {
  if (reply.kind !== "response") throw new Error(`no response but ${reply.kind}`);
  return { status: reply.status, headers: reply.headers, body: reply.body.toString(), bytes: reply.body };
}

describe("errors", () => {
  it("of EC2 stand in a list of errors", async () => {
    const { status, body } = await failing("ec2", new AwsFault("InvalidVpcID.NotFound", "no <vpc>"));

    expect(status).toBe(400);
    expect(body).toMatch(
      /^<Response><Errors><Error><Code>InvalidVpcID.NotFound<\/Code><Message>no &lt;vpc&gt;<\/Message>/,
    );
  });

  it("of query services have the code of the query protocol and the model's status, even when named by their shape", async () => {
    const { status, body } = await failing("iam", new AwsFault("NoSuchEntityException", "no role"));

    expect(status).toBe(404);
    expect(body).toContain(
      "<Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no role</Message></Error><RequestId>",
    );
  });

  it("of JSON services have the shape's name, and the old code for clients that ask", async () => {
    const { headers, body } = await failing("sqs", new AwsFault("QueueDoesNotExist", "no queue"));

    expect(JSON.parse(body)).toEqual({ __type: "QueueDoesNotExist", message: "no queue" });
    expect(headers["x-amzn-errortype"]).toBe("QueueDoesNotExist");
    expect(headers["x-amzn-query-error"]).toBe("AWS.SimpleQueueService.NonExistentQueue;Sender");
  });

  it("of REST JSON services are named in a header, with the message where the model has it", async () => {
    const { status, headers, body } = await failing("lambda", new AwsFault("ResourceNotFoundException", "no function"));

    expect(status).toBe(404);
    expect(headers["x-amzn-errortype"]).toBe("ResourceNotFoundException");
    expect(JSON.parse(body)).toEqual({ Message: "no function" });
  });

  it("of S3 are an Error element", async () => {
    const { status, body } = await failing("s3", new AwsFault("NoSuchTagSet", "none", 404));

    expect(status).toBe(404);
    expect(body).toContain("<Error><Code>NoSuchTagSet</Code><Message>none</Message><RequestId>");
  });

  it("of S3 have no body when only the head was asked for", async () => {
    const { status, body } = await failing(
      "s3",
      new AwsFault("NotFound", "none", 404),
      rawRequest("s3", { method: "HEAD", path: "/b" }),
    );

    expect({ status, body }).toEqual({ status: 404, body: "" });
  });

  it("in CBOR have the shape's name", async () => {
    const { status, headers, bytes } = await failing("cloudwatch", new AwsFault("ResourceNotFound", "no alarm", 404));

    expect({ status, protocol: headers["smithy-protocol"] }).toEqual({ status: 404, protocol: "rpc-v2-cbor" });
    expect(new CborCodec().createDeserializer().read(15 as never, bytes as Uint8Array)).toMatchObject({
      __type: "ResourceNotFound",
      message: "no alarm",
    });
  });

  it("of the twin's own making are internal failures that are kept for tests", async () => {
    const { status, body, twin } = await failing("iam", new TypeError("x is undefined"));

    expect(status).toBe(500);
    expect(body).toContain(
      "<Type>Receiver</Type><Code>InternalFailure</Code><Message>TypeError: x is undefined</Message>",
    );
    expect(twin.errors).toEqual([new TypeError("x is undefined")]);
  });
});

describe("what is not simulated", () => {
  it.each(Object.keys(SERVICES))("is a 501 for another service than %s, and is listed", async (name) => {
    const other = name === "iam" ? canned("ec2") : canned("iam");

    const reply = responded(await answer(other.twin, ASKS[name as keyof typeof SERVICES]));

    expect(reply.status).toBe(501);
    expect([...other.twin.unknownOperations]).toHaveLength(1);
    expect(other.twin.errors).toEqual([]);
  });

  it("is named by operation, or by method and path where nothing else is known", async () => {
    const { twin } = canned("iam");

    await answer(twin, formRequest("iam", "Action=ListUsers&Version=2010-05-08"));
    await answer(twin, formRequest("iam", "Action=NoSuchThing&Version=2010-05-08"));
    await answer(twin, rawRequest("eks", { method: "GET", path: "/clusters" }));

    expect([...twin.unknownOperations]).toEqual(["iam:ListUsers", "iam:NoSuchThing", "eks:GET /clusters"]);
  });

  it("includes an older API that shares a signing name", async () => {
    const elb = {
      namespace: "com.amazonaws.elasticloadbalancingv2",
      signingName: "elasticloadbalancing",
      operations: ["DescribeLoadBalancers"],
    };
    const { twin } = cannedTwin(elb, () => import("@aws-sdk/client-elastic-load-balancing-v2"));

    const classic = await answer(
      twin,
      formRequest("elasticloadbalancing", "Action=DescribeLoadBalancers&Version=2012-06-01"),
    );
    const v2 = await answer(
      twin,
      formRequest("elasticloadbalancing", "Action=DescribeLoadBalancers&Version=2015-12-01"),
    );

    expect(responded(classic).status).toBe(501);
    expect(responded(v2).status).toBe(200);
  });
});

describe("requests", () => {
  it("without a signature are refused", async () => {
    const reply = responded(await answer(canned("iam").twin, { ...ASKS.iam, headers: {} }));

    expect(reply.status).toBe(403);
  });

  it("that are garbled are failures, not crashes", async () => {
    const service = canned("sqs");

    const reply = responded(await answer(service.twin, { ...ASKS.sqs, body: Buffer.from("{oops") }));
    const chunked = await answer(
      service.twin,
      rawRequest("s3", { headers: { "content-encoding": "aws-chunked" }, body: "?" }),
    );

    expect([reply.status, responded(chunked).status]).toEqual([500, 500]);
    expect(service.twin.errors).toEqual([expect.any(SyntaxError), expect.any(TypeError)]);
  });

  it("get an id each, the same in header and body", async () => {
    const { twin } = canned("iam");

    const first = responded(await answer(twin, formRequest("iam", "Action=DeleteRole&Version=2010-05-08")));
    const second = responded(await answer(twin, formRequest("iam", "Action=DeleteRole&Version=2010-05-08")));

    expect(first.body).toContain(`<RequestId>${first.headers["x-amzn-requestid"]}</RequestId>`);
    expect(second.headers["x-amzn-requestid"]).not.toBe(first.headers["x-amzn-requestid"]);
  });

  it("tell region and access key by their signature", async () => {
    const service = canned("sqs");
    service.twin.world.accessKeys.AKIATWIN = { account: "111122223333", arn: "arn:aws:iam::111122223333:user/u" };

    await answer(service.twin, ASKS.sqs);

    expect(service.twin.log).toMatchObject([
      { service: "sqs", operation: "GetQueueUrl", region: "eu-west-1", account: "111122223333" },
    ]);
  });

  it("of one service may come in JSON or as a form, as older clients write it", async () => {
    const service = canned("sqs");
    service.output = { QueueUrls: ["http://a", "http://b"] };
    const attributes = "Attribute.1.Name=DelaySeconds&Attribute.1.Value=5&Tag.1.Key=a&Tag.1.Value=b+c";

    await answer(service.twin, formRequest("sqs", `Action=CreateQueue&QueueName=q&${attributes}&Version=2012-11-05`));
    const list = responded(
      await answer(
        service.twin,
        rawRequest("sqs", {
          method: "GET",
          query: { Action: ["ListQueues"], Version: ["2012-11-05"], MaxResults: ["2"] },
        }),
      ),
    );

    expect(service.inputs).toEqual([
      { QueueName: "q", Attributes: { DelaySeconds: "5" }, tags: { a: "b c" } },
      { MaxResults: 2 },
    ]);
    expect(list.body).toContain(
      "<ListQueuesResult><QueueUrl>http://a</QueueUrl><QueueUrl>http://b</QueueUrl></ListQueuesResult>",
    );
  });
});
