// The frame of HTML pages that need nothing besides themselves: no network, and a policy that names their one style, and their one script.
import { createHash } from 'node:crypto'
import { escapeXml } from './escape.js'

export interface HtmlPage {
  readonly title: string
  readonly style: string
  /** null for a page without one. */
  readonly script: string | null
  readonly body: readonly string[]
}

/** The whole page, with a line for each part of the body. */
export function htmlPage({ title, style, script, body }: HtmlPage): string {
  const allowed = [`style-src '${hashOf(style)}'`, ...(script === null ? [] : [`script-src '${hashOf(script)}'`])]
  const policy = ["default-src 'none'", ...allowed, "base-uri 'none'", "form-action 'none'"].join('; ')
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeXml(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeXml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    ...body,
    ...(script === null ? [] : [`<script>${script}</script>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
