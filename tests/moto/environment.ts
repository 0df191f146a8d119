/** moto as the third-party judge of what this project asks of AWS: all that a test needs of it. */
export { type Argument, type Aws, awscli, openAws } from "./awscli.ts";
export { describeMoto } from "./describe-moto.ts";
export { type MotoOptions, type MotoServer, startMoto } from "./server.ts";
export { ensureMoto } from "./venv.ts";
