// What names say of two values that are compared: a key that opens something, a thing that a function is given to check.
import { rememberedByName } from '../names.js'
import { secretKind, wordsOf } from '../secrets/secretNames.js'

/** `ADMIN_KEY`, `BILLING_SIGNATURE`: what a request has to bring to be equal to it opens something. Names of what is stored somewhere are no keys of that kind. */
export const isKeyName = rememberedByName((name) => {
  const words = wordsOf(name)
  return words.length > 1 && /^(key|signature|hmac)$/.test(words.at(-1) ?? '') && !words.some((word) => harmless.test(word))
})

const harmless =
  /^(public|publishable|site|client|cache|sort|partition|primary|foreign|object|storage|redis|feature|flag|routing|e?mail|letter|message|method|function|type)$/

/** What a function is given to check. */
export const isGivenName = rememberedByName((name) => {
  const words = wordsOf(name)
  return words.some((word) => /^(signature|sig|hmac|hash|digest|mac)$/.test(word)) || secretKind(name) !== null
})
