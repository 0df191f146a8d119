import { createHash } from "node:crypto";
import { html, type Markup, trusted } from "./markup.ts";
import { STYLE } from "./style.ts";

interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Absent = the page needs none. */
  readonly script?: string;
  /** What this page has beyond the style of all. */
  readonly style?: string;
}

/** A page that needs nothing else. The policy in its head lets no other script run and nothing be loaded. */
export function page({ title, body, script, style = "" }: Page): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(STYLE + style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(STYLE + style)}</style>
</head>
<body>
${body}
${script === undefined ? "" : html`<script>${trusted(script)}</script>`}
</body>
</html>
`;
  return markup;
}

function contentSecurityPolicy(style: string, script: string | undefined): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const scripts = script === undefined ? "" : `script-src ${hash(script)}; `;
  return `default-src 'none'; ${scripts}style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
}
