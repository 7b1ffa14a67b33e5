// Paths that speak of credentials in Spanish, Portuguese, French, German, Italian, Dutch, Swedish and Polish.
import type { CredentialKind } from './routeWords.js'

/** Words for a password. `contrase a` is `contraseña` without the letter that no word has here. */
const password =
  'contrasena|contrase a|contrasenia|clave|senha|passwort|passworts|kennwort|mot de passe|motdepasse|mdp|wachtwoord|losenord|haslo'
/** What is done to one that is lost or changed. */
const renewal =
  'recuperar|recuperacion|recuperacao|restablecer|olvide|olvido|olvidada|cambiar|esqueci|redefinir|redefinicao|alterar|trocar|vergessen|zuruecksetzen|zurucksetzen|aendern|andern|oublie|oubliee|reinitialiser|reinitialisation|changer|modifier|vergeten|herstellen|wijzigen|glomt|resetuj'

/** As for English words: whole words, joined by single spaces. */
export const patternsAbroad: readonly (readonly [CredentialKind, RegExp])[] = [
  ['password-reset', new RegExp(`\\b(${renewal}) ?((mi|la|minha|a|le|mon|mein) )?(${password})\\b|\\b(${password}) ?(${renewal})\\b`)],
  [
    'otp',
    /(?<!\b(?:productos?|cupon|cupones|cupom|cupons|promo|promociones|vales?|regalos?|qr|produits?|monedas?)\b.*)\b(verificar|validar|confirmar|enviar|reenviar) ?(el |o )?codigo\b(?! (postal|promocional|descuento|barras))|\bcodigo (de )?(verificar|verificacion|verificacao|validar|confirmar)\b|\bverifier (le )?code\b(?! (postal|promo))|\bcode (pruefen|prufen|bestaetigen|bestatigen)\b/,
  ],
  [
    'login',
    /\b(iniciar|inicio|inicia)( de)? ?sesion\b|\biniciarsesion\b|\biniciar sessao\b|\b(anmelden|einloggen|inloggen|zaloguj|logowanie)$|\bse connecter\b|\bseconnecter\b|\blogga in\b|\b(ingresar|acceder|entrar|logar|connexion|autenticar|autenticacion|autenticacao|authentification|autenticazione|accedi)$/,
  ],
  [
    'signup',
    /\b(registrarse|registrieren|registreren|sinscrire|cadastrar|rejestracja)$|\bs inscrire\b|\b(crear|criar|creer|erstellen) ?(un |una |uma )?(cuenta|conta|compte|konto)\b|\b(konto|benutzerkonto) ?(erstellen|anlegen)\b|\b(registro|registrar|registrierung|inscription|cadastro|registrazione)$/,
  ],
]

/** Words that mean other things as well: a connection, a record, the enrolment in a course. */
const ambiguous =
  /^(anmelden|ingresar|acceder|entrar|connexion|registro|registrar|registrierung|registrieren|inscription|cadastro|cadastrar|registrazione|registreren)$/

/** True for words of a path that leave doubt. */
export function isAmbiguousAbroad(words: string): boolean {
  return ambiguous.test(words)
}
