// Packages that set response headers: security headers, CORS, HTTPS.

/** One effect per line, in the notation of packageTable.ts. */
export const headerPackages = `
factory security-headers csp hsts hide-powered-by: helmet helmet#helmet
factory csp security-headers: helmet#contentSecurityPolicy lusca#csp helmet-csp express-csp-header express-csp-header#expressCspHeader
  content-security-policy content-security-policy#getCSP
none: helmet#contentSecurityPolicy.getDefaultDirectives helmet#contentSecurityPolicy.dangerouslyDisableDefaultSrc csp-header
  express-sslify express-http-to-https
factory hsts security-headers: helmet#hsts helmet#strictTransportSecurity lusca#hsts hsts
factory hide-powered-by: helmet#hidePoweredBy helmet#xPoweredBy hide-powered-by
factory security-headers: helmet#frameguard helmet#xFrameOptions helmet#noSniff helmet#xContentTypeOptions helmet#referrerPolicy
  helmet#ieNoOpen helmet#xDownloadOptions helmet#xssFilter helmet#xXssProtection helmet#dnsPrefetchControl helmet#xDnsPrefetchControl
  helmet#permittedCrossDomainPolicies helmet#xPermittedCrossDomainPolicies helmet#crossOriginEmbedderPolicy helmet#crossOriginOpenerPolicy
  helmet#crossOriginResourcePolicy helmet#originAgentCluster lusca#xframe lusca#xssProtection lusca#nosniff lusca#referrerPolicy
  helmet-crossdomain frameguard x-xss-protection dont-sniff-mimetype ienoopen referrer-policy dns-prefetch-control crossdomain
  cross-origin-embedder-policy cross-origin-opener-policy cross-origin-resource-policy
factory permissions-policy: helmet#featurePolicy permissions-policy feature-policy
factory: helmet#noCache helmet#expectCt lusca#p3p expect-ct nocache cors-gate#originFallbackToReferrer express-naked-redirect
factory security-headers csrf: lusca
factory csrf: lusca#csrf @dr.pogodin/csurf
plugin csp security-headers: express-csp express-csp#extend
factory cors: cors express-cors cors-gate access-control
factory https-redirect: express-sslify#HTTPS express-enforces-ssl express-http-to-https#redirectToHTTPS heroku-ssl-redirect
  express-to-https enforce-https
middleware https-redirect: express-force-https express-force-ssl ssl-express-www force-ssl-heroku
factory https-redirect hsts: yes-https
`
