/**
 * The environment in which moto and awscli run: they reach this machine and no other, and hold no real credentials.
 *
 * Needed for more than good order. moto makes boto3 clients of its own, which look for credentials in the instance metadata
 * service when they find none; awscli 1 goes to real AWS host names for some services (see `awscli.ts`).
 */
export function isolated(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    // A port where nobody listens: whatever wants to leave fails at once, and says so.
    HTTP_PROXY: "http://127.0.0.1:9",
    HTTPS_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "127.0.0.1,localhost",
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    LC_ALL: "C.UTF-8",
    ...more,
  };
}
