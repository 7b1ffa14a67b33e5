// Looks at a running application from outside: headers, origins, limits, errors.
import type { HonestRequest, ProbePlan } from './fixture.js'

export interface ProbeReport {
  /** Lower-case names of the security headers on a good answer. */
  readonly securityHeaders: readonly string[]
  readonly poweredBy: string | null
  readonly origin: OriginReport
  /** null where no error route is known. */
  readonly error: ErrorReport | null
  /** The number of the first request that was answered 429; null when none of them was. */
  readonly limitedAt: number | null
}

export interface OriginReport {
  /** What a foreign site is told: its own name, `*`, a fixed other origin, or nothing. */
  readonly foreign: 'reflected' | 'any' | 'other' | 'none'
  /** The `null` origin of sandboxed documents. */
  readonly nullIsAllowed: boolean
  readonly credentials: boolean
}

export interface ErrorReport {
  readonly status: number
  readonly leaksStack: boolean
  /** The error's own text came back. */
  readonly leaksMessage: boolean
  readonly body: string
}

/** Lower-case names of the headers that browsers act on. */
export const SECURITY_HEADERS = [
  'content-security-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
]
const FOREIGN = 'https://foreign.invalid'

/** Sends the honest requests and tells the statuses beside the expected ones. They come first: a limiter counts everything. */
export async function sendHonest(
  url: string,
  requests: readonly HonestRequest[],
): Promise<readonly { request: string; status: number; expected: number }[]> {
  const results = []
  for (const request of requests) {
    const response = await send(url, request)
    await response.arrayBuffer()
    results.push({ request: `${request.method} ${request.path}`, status: response.status, expected: request.status })
  }
  return results
}

/** Sends one request; a body goes as JSON. Redirects are not followed. */
export function send(url: string, request: Omit<HonestRequest, 'status'>): Promise<Response> {
  const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) }
  const type: Record<string, string> = request.body === undefined ? {} : { 'content-type': 'application/json' }
  return fetch(url + request.path, { method: request.method, headers: { ...type, ...request.headers }, redirect: 'manual', ...body })
}

/** Probes in an order in which one does not spoil the next: the flood comes last. */
export async function probe(url: string, plan: ProbePlan): Promise<ProbeReport> {
  const plain = await send(url, { method: 'GET', path: plan.flood, headers: plan.headers ?? {} })
  await plain.arrayBuffer()
  return {
    securityHeaders: SECURITY_HEADERS.filter((name) => plain.headers.has(name)),
    poweredBy: plain.headers.get('x-powered-by'),
    origin: await probeOrigin(url, plan),
    error: plan.error === undefined ? null : await probeError(url, plan.error, plan),
    limitedAt: await probeLimit(url, plan),
  }
}

/** What a page of another site may read. */
export async function probeOrigin(url: string, plan: ProbePlan): Promise<OriginReport> {
  const foreign = await allowedOrigin(url, plan, FOREIGN)
  const sandboxed = await allowedOrigin(url, plan, 'null')
  return {
    foreign: foreign.origin === FOREIGN ? 'reflected' : foreign.origin === '*' ? 'any' : foreign.origin === null ? 'none' : 'other',
    nullIsAllowed: sandboxed.origin === 'null',
    credentials: foreign.origin !== null && foreign.credentials,
  }
}

async function allowedOrigin(url: string, plan: ProbePlan, origin: string): Promise<{ origin: string | null; credentials: boolean }> {
  const response = await send(url, { method: 'GET', path: plan.origin ?? plan.flood, headers: { ...plan.headers, origin } })
  await response.arrayBuffer()
  return {
    origin: response.headers.get('access-control-allow-origin'),
    credentials: response.headers.get('access-control-allow-credentials') === 'true',
  }
}

/** What a failing request tells its client. */
export async function probeError(url: string, path: string, plan: ProbePlan): Promise<ErrorReport> {
  const response = await send(url, { method: 'GET', path, headers: plan.headers ?? {} })
  const body = await response.text()
  return {
    status: response.status,
    leaksStack: /\bat\s+(?:[^\n]{0,200}[(/])?[^\s()]+:\d+:\d+/.test(body.replace(/\\n|<br>|&nbsp;/g, ' ')),
    leaksMessage: plan.secret !== undefined && body.includes(plan.secret),
    body,
  }
}

/** Repeats one request until it is answered 429: the number of the request that was, null when none was. */
export async function probeLimit(url: string, plan: ProbePlan): Promise<number | null> {
  for (let count = 1; count <= (plan.attempts ?? 101); count++) {
    const response = await send(url, { method: 'GET', path: plan.flood, headers: plan.headers ?? {} })
    await response.arrayBuffer()
    if (response.status === 429) return count
  }
  return null
}
