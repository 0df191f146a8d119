import type { Parameter } from "@aws-sdk/client-ssm";
import { AwsFault, type Call, type Stored, service, type Table } from "../service.ts";

interface Row {
  readonly parameter: Stored<Parameter>;
  readonly value: string;
}

const parameters = (call: Call): Table<Row> => call.table<Row>("ssm.parameter");

/** An ARN has a slash before the name, which a name in a hierarchy has itself. */
function arnOf(call: Call, name: string): string {
  return call.arn("ssm", `parameter/${name.replace(/^\//, "")}`);
}

export const ssm = service(
  { namespace: "com.amazonaws.ssm", signingName: "ssm" },
  () => import("@aws-sdk/client-ssm"),
  {
    PutParameter(input, call) {
      const { Name = "", Value = "", Overwrite, DataType = "text" } = input;
      const before = parameters(call).get(Name)?.parameter;
      if (before && !Overwrite)
        throw new AwsFault(
          "ParameterAlreadyExists",
          "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
        );
      const Type = input.Type ?? before?.Type;
      if (!Type) throw new AwsFault("ValidationException", "A parameter type is required when you create a parameter.");
      const Version = Number(before?.Version ?? 0) + 1;
      const parameter = { Name, Type, Version, DataType, ARN: arnOf(call, Name), LastModifiedDate: call.now() };
      parameters(call).put(Name, { parameter, value: Value });
      return { Version, Tier: "Standard" };
    },
    /** By name or ARN. What is encrypted comes as it is kept, unless it is asked for decrypted. */
    GetParameter(input, call) {
      const all = parameters(call).all();
      const row = all.find(({ parameter: { Name, ARN } }) => input.Name === Name || input.Name === ARN);
      if (!row) throw new AwsFault("ParameterNotFound", `Parameter ${input.Name} not found.`);
      const { parameter, value } = row;
      const isHidden = parameter.Type === "SecureString" && !input.WithDecryption;
      return { Parameter: { ...parameter, Value: isHidden ? `kms:alias/aws/ssm:${value.length}` : value } };
    },
  },
);
