// Texts and names that may be of secrets, cheap to look for: what is looked through once need not be looked at again.

/** What the formats of model/secrets/secretFormats.ts have in common: keep it in step with them. */
export const secretBeginnings =
  /AKIA|ASIA|k_live_|k_test_|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|hooks\.slack|npm_|SG\.|SK[0-9a-f]{32}|sk-ant-|T3BlbkFJ|dop_v1_|shp(?:at|ca|pa|ss)_|dapi[0-9a-f]{32}|HRKU-|sq0|PRIVATE KEY/

/** `?api_key=…`: what the query of an address calls a key, a password or a token, with its value. */
export const keyInQuery = /[?&]([\w.-]*(?:key|token|secret|passw(?:or)?d|pwd|appid))=([^&#\s"'`<>]{6,})/gi

/** `://user:password@`, as JSON may write it. */
const credentials = /:\\?\/\\?\/[^:@/\s]*:[^@/\s]+@/
/** A letter or a sign in its long form, behind which anything may stand. */
const escaped = /\\u00[2-7]/i

/** False where no text of a JSON document is shaped like a secret. */
export function mayHoldSecrets(document: string): boolean {
  return credentials.test(document) || secretBeginnings.test(document) || escaped.test(document)
}

/** False for names of what nobody types to log in, whatever the words of the name say then: `mapping`, `compassion`. */
export function mayBeTyped(name: string): boolean {
  return (
    /passw|passphrase|passcode|pwd|pass[^a-z]*$/i.test(name) ||
    /(?:(?<![A-Za-z])pin|(?<![A-Z])Pin)(?![a-bd-z])|(?<![A-Z])PIN(?![ABD-Z])/.test(name)
  )
}
