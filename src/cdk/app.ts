/**
 * Deploys any of the constructs by context: `npx cdk deploy --all -c reaper=true -c maxInstanceAgeHours=4`. Each is a stack
 * of its own; what context names is what the construct's props are called.
 */
import { App } from "aws-cdk-lib";
import { addStacks } from "./stacks.ts";

const app = new App({ analyticsReporting: false });
addStacks(app);
app.synth();
