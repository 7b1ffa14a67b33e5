// A server whose certificate no authority knows, for proofs about what is verified. Its key protects nothing.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface Partner {
  /** Answers 200 to everything. */
  readonly url: string
  stop(): Promise<void>
}

/** Starts it on 127.0.0.1. Whoever takes `certificate` for an authority gets in. */
export async function startPartner(): Promise<Partner> {
  const server = createServer({ key, cert: certificate }, (_request, response) => response.end('partner'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `https://127.0.0.1:${port}/`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** For localhost and 127.0.0.1, from 2020 to 2099. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBYzCCAQqgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEwMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOvYgDRlxEWMt29M
OaubAg/bzV/LzA3hDVhfFiujaV17uS50gselRFW0S41xlYV8JuRNtEzFIyLSJ4z4
WVL05BCjSzBJMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAMBgNVHRMEBTAD
AQH/MB0GA1UdDgQWBBRpZn2H7uZ9FpliWC0vGEXkWTjCNTAKBggqhkjOPQQDAgNH
ADBEAiB1QHj0DU4IGy1lLfGGvejovepwcTwutkY5KxrkjPfX7AIgQYIHGTkB0OL4
DOUjsmb6Jq698ChZaJT6dxJkAJJpxbQ=
-----END CERTIFICATE-----
`

/** For the certificate. */
export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRzDT3lFZ72vRs0V0
REvyIqf8pNchV2WCjSldX9DuRw6hRANCAATr2IA0ZcRFjLdvTDmrmwIP281fy8wN
4Q1YXxYro2lde7kudILHpURVtEuNcZWFfCbkTbRMxSMi0ieM+FlS9OQQ
-----END PRIVATE KEY-----
`
