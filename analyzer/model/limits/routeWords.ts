// What the path of a route says about its purpose.
import { pathWords } from '../routePaths.js'
import { isAmbiguousAbroad, patternsAbroad } from './routeWordsAbroad.js'

export type CredentialKind = 'login' | 'signup' | 'password-reset' | 'token' | 'otp' | 'verification' | 'payment' | 'upload' | 'admin'

/** Codes are of many kinds: one that somebody was sent is asked for where the path speaks of people, or of nothing else. */
const codes = '(check|validate|confirm|send|resend|request) code|code (verification|verify|check|confirmation)'
const neutral = 'api|apis|rest|public|app|web|mobile|services?|server|portal|backend'
const account =
  'auth|authentication|authorization|accounts?|users?|me|profiles?|members?|customers?|clients?|patients?|students?|drivers?|employees?|guests?|admins?|log|login|signin|sign|signup|register|registration|onboarding|password|passwords|passwordless|forgot|reset|recover|recovery|phones?|sms|emails?|mail|mails|otp|verify|verification|identity|security|sessions?|devices?|wallets?'
const goods = 'promo|promotions?|coupons?|discounts?|vouchers?|gifts?|gift cards?|invites?|invitations?|referrals?|zip|postal|qr|products?'

/** In order of precedence: the first pattern that fits names the kind. They read the words of a path joined by single spaces, and match whole words. */
const patterns: readonly (readonly [CredentialKind, RegExp])[] = [
  [
    'password-reset',
    /\b(forgot|forgotten|reset|recover|recovery|change|update|set|new|lost|request)\b.*\b(password|pass|pwd|passwd)\b|\b(password|pwd)\b.*\b(forgot|reset|recover|change|update|recovery)\b|\b(forgotpassword|resetpassword|changepassword|updatepassword|forgetpassword|passwordreset|lostpassword|setpassword|resetpwd)\b|\bforget password\b|\b(forgot|reset|recover) pin\b|\bpin (reset|recovery)\b|\b(forgot|forgotten)$|\bauth\b.*\b(reset|recover|recovery)$|\baccounts? (recover|recovery)$|\b(password|passwd)$/,
  ],
  [
    'otp',
    /\b(otp|totp|hotp|2fa|mfa|twofactor|passcode|onetimepassword|verifyotp|sendotp|resendotp)\b|\btwo factor\b|\b(verification|security|sms|auth) code\b|\bverify (code|pin)\b|\bmagic ?links?\b|\bpasswordless\b|\b(check|validate|confirm|send|resend|request) pin\b/,
  ],
  ['otp', new RegExp(`(?<=^((${neutral}) )*|\\b(${account})\\b.*)(?<!\\b(${goods})\\b.*)\\b(${codes})\\b`)],
  [
    'verification',
    /\b(verify|verification|confirm|activate|activation)\b.*\b(email|mail|phone|account|user)\b|\b(email|mail|phone|account)\b.*\b(verify|verification|confirm|confirmation|activate)\b|\b(verifyemail|confirmemail|activate|activation|resendverification|sendverificationemail|verifyaccount)\b|\b(resend|accept)\b.*\b(verification|confirmation|invite|invitation)\b|\bverify$/,
  ],
  ['signup', /\b(register|signup|registration|createaccount|registeruser|registration|onboard)\b|\bsign up\b|\bcreate account\b/],
  [
    'token',
    /\b(token|tokens|refreshtoken|refreshtokens|accesstoken|apikey|apikeys|jwt)\b|\b(api|access) keys?\b|\brefresh( (token|tokens|session|auth))?$/,
  ],
  [
    'login',
    /\b(login|signin|logon|authenticate|loginuser|userlogin|adminlogin)\b|\b(sign|log) in\b|\bauth local$|\b(auth|session|sessions)$/,
  ],
  [
    'payment',
    /\b(pay|payment|payments|checkout|charge|charges|billing|purchase|refund|refunds|payout|payouts|withdraw|withdrawal|withdrawals|donate|donation|donations|deposit|deposits|transfer|transfers)\b/,
  ],
  ['upload', /\b(upload|uploads|uploadfile|fileupload|attachment|attachments|avatar|import)\b/],
  ...patternsAbroad,
  ['admin', /\b(admin|admins|administrator|administration|superadmin|superuser)\b/],
]

/** The kind that the path speaks of, and the words that say so. Webhooks, logouts and health checks are none. */
export function kindOfPath(path: string): { readonly kind: CredentialKind; readonly words: string } | null {
  const words = pathWords(path).filter((word) => !/^v\d+$/.test(word))
  const text = words.join(' ')
  if (/\b(webhook|webhooks|hook|hooks|callback|logout|signout|health|healthz)\b|\b(log|sign) out\b/.test(text)) return null
  // Records about logins are not logins.
  if (/\b(activity|activities|history|attempts|logs|audit|audits|statistics|stats|settings|methods)$/.test(text)) return null
  for (const [kind, pattern] of patterns) {
    const found = pattern.exec(text)
    if (found !== null) return { kind, words: found[0] }
  }
  return null
}

/** True for a reason of `isCredentialRoute` that rests on a word with other meanings: sessions of therapy, attachments, a password that is made or weighed. */
export function isWeakWord(why: string): boolean {
  const words = /^path says "(.*)"$/.exec(why)?.[1]
  return words !== undefined && (isAmbiguousAbroad(words) || weak.test(words))
}

const weak =
  /^(auth|password|passwd|session|sessions|tokens?|api ?keys?|access keys?|import|attachments?|avatar|transfers?|deposits?|refresh|purchase|registration|billing)$/

/** The kind that the name of a handler speaks of: `forgotPassword`, `loginUser`. Only names that say nothing else. */
export function kindOfName(name: string): CredentialKind | null {
  const plain = name
    .replace(/(Controller|Handler|Action|Route|User|Ctrl)$/i, '')
    .replaceAll('_', '')
    .toLowerCase()
  return handlerNames[plain] ?? null
}

const handlerNames: Readonly<Record<string, CredentialKind>> = {
  login: 'login',
  signin: 'login',
  authenticate: 'login',
  register: 'signup',
  signup: 'signup',
  forgotpassword: 'password-reset',
  resetpassword: 'password-reset',
  changepassword: 'password-reset',
  updatepassword: 'password-reset',
  refreshtoken: 'token',
  refreshtokens: 'token',
  verifyotp: 'otp',
  sendotp: 'otp',
  verifyemail: 'verification',
  sendverificationemail: 'verification',
  uploadfile: 'upload',
  upload: 'upload',
}
