// Packages about who asks: authentication, sessions, cookies, CSRF, tokens, password hashing.

/** One effect per line, in the notation of packageTable.ts. */
export const identityPackages = `
none: passport express-jwt-permissions http-auth basic-auth express-openid-connect express-oauth-server oidc-provider @clerk/express
  @clerk/express#clerkClient @clerk/clerk-sdk-node keycloak-connect @okta/oidc-middleware supertokens-node
  supertokens-node/framework/express supertokens-node/recipe/session/framework/express @auth/express better-auth/node auth0 express-unless
  connect-ensure-login accesscontrol casbin @casl/ability express-acl easy-rbac express-ipfilter @propelauth/express passport-jwt
  passport-local passport-google-oauth20 passport-google-oauth passport-github2 passport-github passport-facebook passport-twitter
  passport-oauth2 passport-http passport-http-bearer passport-saml @node-saml/passport-saml passport-local-mongoose passport-azure-ad
  passport-apple passport-linkedin-oauth2 passport-discord passport-auth0 passport-custom passport-headerapikey passport-magic-login
  passport-anonymous grant connect-roles express-jwt-blacklist samlify ldapauth-fork iron-session iron-session#getIronSession
  iron-session/express cookies cookie cookie-signature express-socket.io-session csrf-csrf csrf-csrf#doubleCsrf csrf-sync
  csrf-sync#csrfSync @edge-csrf/express hi-base32
factory auth: passport#authenticate passport#authorize passport#().authenticate passport#Passport().authenticate express-jwt
  express-jwt#expressjwt express-jwt#expressJwt express-jwt-permissions#().check express-jwt-authz express-basic-auth http-auth-connect
  basic-auth-connect express-openid-connect#auth express-openid-connect#requiresAuth express-openid-connect#claimEquals
  express-openid-connect#claimIncludes express-openid-connect#claimCheck express-oauth2-jwt-bearer express-oauth2-jwt-bearer#auth
  express-oauth2-jwt-bearer#requiredScopes express-oauth2-jwt-bearer#claimEquals express-oauth2-jwt-bearer#claimIncludes
  express-oauth2-jwt-bearer#claimCheck express-oauth2-jwt-bearer#scopeIncludesAny express-oauth-server#().authenticate
  @clerk/express#requireAuth @clerk/clerk-sdk-node#ClerkExpressRequireAuth keycloak-connect#().protect keycloak-connect#().enforcer
  @okta/oidc-middleware#().ensureAuthenticated @okta/oidc-middleware#ExpressOIDC().ensureAuthenticated
  supertokens-node/recipe/session/framework/express#verifySession connect-ensure-login#ensureLoggedIn casbin-express-authz express-api-key
factory: passport#initialize passport#().initialize passport#Passport().initialize express-openid-connect#attemptSilentLogin
  express-bearer-token @clerk/express#clerkMiddleware @clerk/clerk-sdk-node#ClerkExpressWithAuth keycloak-connect#().checkSso
  keycloak-connect#().middleware supertokens-node/framework/express#middleware
  connect-ensure-login#ensureLoggedOut express-ipfilter#IpFilter grant#express cookie-encrypter connect-flash express-flash req-flash
  express-flash-message
factory rate-limit: better-auth/node#toNodeHandler
factory session: passport#session passport#Passport().session cookie-session express-session client-sessions
  iron-session/express#ironSession
error: express-jwt#UnauthorizedError
answering: express-oauth-server#().token @auth/express#ExpressAuth
token: oauth2-server openid-client @clerk/express#getAuth @clerk/backend @okta/jwt-verifier @auth/express#getSession better-auth lucia
  firebase-admin/auth aws-jwt-verify cognito-express @workos-inc/node @descope/node-sdk google-auth-library csrf jsonwebtoken jose njwt
  jwt-simple jwks-rsa paseto fast-jwt jwt-decode jws branca simple-jwt speakeasy otplib notp otp-generator @simplewebauthn/server fido2
factory error-handler: supertokens-node/framework/express#errorHandler
cloud: firebase-admin
database: firebase-admin#firestore firebase-admin/firestore
middleware auth: express-acl#authorize @propelauth/express#initAuth().requireUser
crypto: simplecrypt md5 sha1 sha256 js-sha256 crypto-js tweetnacl libsodium-wrappers node-forge node-rsa
database: ldapjs
factory cookies: cookie-parser cookies#express universal-cookie-express
store: express-session#MemoryStore express-session#Store express-mysql-session connect-redis connect-mongo connect-mongodb-session
  connect-pg-simple connect-session-sequelize connect-session-knex connect-typeorm connect-sqlite3 connect-memcached connect-dynamodb
  session-file-store memorystore better-sqlite3-session-store @quixo3/prisma-session-store
factory csrf: csurf tiny-csrf @edge-csrf/express#createCsrfMiddleware
middleware csrf: csrf-csrf#doubleCsrf().doubleCsrfProtection csrf-sync#csrfSync().csrfSynchronisedProtection
hash: bcrypt bcryptjs argon2 @node-rs/argon2 @node-rs/bcrypt scrypt-js scrypt-kdf pbkdf2 bcrypt-nodejs password-hash credential hash-wasm
  phpass unix-crypt-td-js
`
