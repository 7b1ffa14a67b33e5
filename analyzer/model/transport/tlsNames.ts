// Names of the options that decide how far TLS is trusted.

/** Options that switch the verification of certificates off, with the value that does. */
export const VERIFYING: ReadonlyMap<string, boolean> = new Map([
  ['rejectUnauthorized', false],
  ['strictSSL', false],
  ['tlsAllowInvalidCertificates', true],
  ['tlsAllowInvalidHostnames', true],
  ['tlsInsecure', true],
  ['trustServerCertificate', true],
])

/** The variable that switches verification off for the whole process. */
export const PROCESS_SWITCH = 'NODE_TLS_REJECT_UNAUTHORIZED'

/** Options that say which versions of TLS and which ciphers are spoken. */
export const VERSIONS: ReadonlySet<string> = new Set([
  'minVersion',
  'maxVersion',
  'secureProtocol',
  'ciphers',
  'DEFAULT_MIN_VERSION',
  'DEFAULT_MAX_VERSION',
  'DEFAULT_CIPHERS',
])

/** True for named literals that say something about TLS. */
export function speaksOfTls(name: string): boolean {
  return VERIFYING.has(name) || VERSIONS.has(name) || name === PROCESS_SWITCH
}

/** Parameters of addresses of databases that switch verification off (domain facts I6 and I7). */
export function switchIn(address: string): string | null {
  return /[?&](sslmode=no-verify|tls(?:AllowInvalidCertificates|AllowInvalidHostnames|Insecure)=true)\b/.exec(address)?.[1] ?? null
}
