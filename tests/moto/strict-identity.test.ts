import { expect, test } from "vitest";
import { describeServers } from "../strangers/servers.ts";
import { refusal } from "./refusal.ts";

const ACCEPTED = "accepted";
const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const DENY = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] };

describeServers("IAM refuses to delete what is in use", ({ aws }) => {
  test("an IAM policy is kept while it is attached or has more than one version", async () => {
    const arn = await aws.text("iam create-policy --policy-name p1 --query Policy.Arn --policy-document", DENY);
    await aws.call("iam create-group --group-name holders");
    await aws.call(`iam attach-group-policy --group-name holders --policy-arn ${arn}`);
    await aws.call(`iam create-policy-version --policy-arn ${arn} --policy-document`, DENY);

    expect(await refusal(aws, `iam delete-policy --policy-arn ${arn}`)).toBe("DeleteConflict");
    await aws.call(`iam detach-group-policy --group-name holders --policy-arn ${arn}`);
    expect(await refusal(aws, `iam delete-policy --policy-arn ${arn}`)).toBe("DeleteConflict");
    await aws.call(`iam delete-policy-version --version-id v2 --policy-arn ${arn}`);
    expect(await refusal(aws, `iam delete-policy --policy-arn ${arn}`)).toBe(ACCEPTED);
  });

  test("an IAM user is kept while it has keys, a password, an MFA device, a group or a policy", async () => {
    const policy = await aws.text("iam create-policy --policy-name p2 --query Policy.Arn --policy-document", DENY);
    const device = await aws.text(
      "iam create-virtual-mfa-device --virtual-mfa-device-name u --outfile /dev/null --bootstrap-method QRCodePNG --query VirtualMFADevice.SerialNumber",
    );
    await aws.call("iam create-user --user-name u");
    await aws.call("iam create-group --group-name team");
    const key = await aws.text("iam create-access-key --user-name u --query AccessKey.AccessKeyId");
    const holds: [string, string][] = [
      ["", `delete-access-key --user-name u --access-key-id ${key}`],
      ["create-login-profile --user-name u --password not-a-secret", "delete-login-profile --user-name u"],
      [
        `enable-mfa-device --user-name u --serial-number ${device} --authentication-code1 123456 --authentication-code2 654321`,
        `deactivate-mfa-device --user-name u --serial-number ${device}`,
      ],
      ["add-user-to-group --user-name u --group-name team", "remove-user-from-group --user-name u --group-name team"],
      [
        `attach-user-policy --user-name u --policy-arn ${policy}`,
        `detach-user-policy --user-name u --policy-arn ${policy}`,
      ],
    ];

    for (const [hold, release] of holds) {
      if (hold !== "") await aws.call(`iam ${hold}`);
      expect.soft(await refusal(aws, "iam delete-user --user-name u"), hold).toBe("DeleteConflict");
      await aws.call(`iam ${release}`);
    }
    expect(await refusal(aws, "iam delete-user --user-name u")).toBe(ACCEPTED);
  });

  test("an IAM group is kept while it has members or policies", async () => {
    await aws.call("iam create-user --user-name v");
    await aws.call("iam create-group --group-name crew");
    await aws.call("iam add-user-to-group --user-name v --group-name crew");
    await aws.call("iam put-group-policy --group-name crew --policy-name p3 --policy-document", DENY);

    expect(await refusal(aws, "iam delete-group --group-name crew")).toBe("DeleteConflict");
    await aws.call("iam remove-user-from-group --user-name v --group-name crew");
    expect(await refusal(aws, "iam delete-group --group-name crew")).toBe("DeleteConflict");
    await aws.call("iam delete-group-policy --group-name crew --policy-name p3");
    expect(await refusal(aws, "iam delete-group --group-name crew")).toBe(ACCEPTED);
  });

  test("an IAM role is kept while it is in an instance profile or has policies", async () => {
    await aws.call("iam create-role --role-name r --assume-role-policy-document", TRUST);
    await aws.call("iam create-instance-profile --instance-profile-name r");
    await aws.call("iam add-role-to-instance-profile --instance-profile-name r --role-name r");
    await aws.call("iam put-role-policy --role-name r --policy-name p4 --policy-document", DENY);

    expect(await refusal(aws, "iam delete-role --role-name r")).toBe("DeleteConflict");
    expect(await refusal(aws, "iam delete-instance-profile --instance-profile-name r")).toBe("DeleteConflict");
    await aws.call("iam remove-role-from-instance-profile --instance-profile-name r --role-name r");
    expect(await refusal(aws, "iam delete-role --role-name r")).toBe("DeleteConflict");
    await aws.call("iam delete-role-policy --role-name r --policy-name p4");
    expect(await refusal(aws, "iam delete-role --role-name r")).toBe(ACCEPTED);
  });
});
