// Packages that ship no types: TypeScript projects need `@types/…` beside them.

/** Ranges of the type packages. */
export const typePackages: Readonly<Record<string, string>> = {
  bcrypt: '^6.0.0',
  compression: '^1.8.1',
  'cookie-parser': '^1.4.10',
  'cookie-session': '^2.0.49',
  cors: '^2.8.19',
  errorhandler: '^1.5.3',
  'express-session': '^1.19.0',
  hpp: '^0.2.7',
  'http-errors': '^2.0.5',
  jsonwebtoken: '^9.0.10',
  morgan: '^1.9.10',
  multer: '^2.0.0',
  'passport-jwt': '^4.0.1',
  pg: '^8.15.6',
  stoppable: '^1.1.3',
  ws: '^8.18.1',
}
