// Base64 as text: neither Node nor a browser is at hand here.
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes that `text` encodes, as Latin letters, one for each byte. What is no digit of base64 is passed over. */
export function textOfBase64(text: string): string {
  let letters = ''
  let held = 0
  let bits = 0
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter)
    if (digit === -1) continue
    held = (held << 6) | digit
    bits += 6
    if (bits < 8) continue
    bits -= 8
    letters += String.fromCharCode(held >> bits)
    held &= (1 << bits) - 1
  }
  return letters
}
