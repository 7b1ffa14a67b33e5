// Text inside XML and HTML.

/** Escapes what has a meaning in XML and HTML, and replaces the characters that XML 1.0 cannot hold. */
export function escapeXml(text: string): string {
  return text.replace(UNWRITABLE, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

/** Sentences of rules and commands for HTML: what stands between backticks is code. */
export function proseHtml(text: string): string {
  return escapeXml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

/** Control characters but tab and line ends, and halves of surrogate pairs. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu

/** Attributes keep no line ends, so these are written as references. */
export function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/[\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
