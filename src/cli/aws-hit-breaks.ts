#!/usr/bin/env node
/* The emergency brake by a name of its own: `evenkeel brake`. */

if (process.argv[2] !== "--version") process.argv.splice(2, 0, "brake");
await import("./main.ts");
