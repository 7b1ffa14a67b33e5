// Where packages take secrets: the export that is called, the argument, and what the secret is for.
/**
 * `signing`: keys that sign or encrypt; any literal there is a fault, a placeholder most of all.
 * `password`: of a database, a mail server or a user. `api`: what a provider handed out.
 */
export type SinkKind = 'signing' | 'password' | 'api'

export interface SinkLine {
  /** Path of the export; `..` between the first name and the last stands for calls on the way. */
  readonly path: string
  /** `1` is the second argument, `0.auth.pass` a property of the first. */
  readonly places: readonly string[]
  /** Completes "A literal is the …". */
  readonly what: string
  readonly kind: SinkKind
  readonly variable: string
  /** Bytes that the algorithm wants; 0 where there is no such rule. */
  readonly bytes: number
  /** True where the package refuses to start without it (domain facts F6, F7). */
  readonly failsAtStart: boolean
}

/** One line: packages | paths | places | what | kind | VARIABLE | bytes | fails at start. */
const lines = `
jsonwebtoken jwt-simple | sign verify encode decode | 1 | key of JSON web tokens | signing | JWT_SECRET | 32
njwt | create verify | 1 | key of JSON web tokens | signing | JWT_SECRET | 32
jose | SignJWT..sign CompactSign..sign GeneralSign..sign EncryptJWT..encrypt | 0 | key of JSON web tokens | signing | JWT_SECRET | 32
jose | jwtVerify jwtDecrypt compactVerify jwsVerify flattenedVerify | 1 | key of JSON web tokens | signing | JWT_SECRET | 32
express-jwt | expressjwt . | 0.secret | key of JSON web tokens | signing | JWT_SECRET | 32 | yes
passport-jwt | Strategy | 0.secretOrKey | key of JSON web tokens | signing | JWT_SECRET | 32 | yes
@nestjs/jwt | JwtModule.register | 0.secret 0.privateKey | key of JSON web tokens | signing | JWT_SECRET | 32
@nestjs/jwt | JwtService.sign JwtService.signAsync JwtService.verify JwtService.verifyAsync | 1.secret 1.privateKey | key of JSON web tokens | signing | JWT_SECRET | 32
@nestjs/passport | PassportStrategy.() | 0.secretOrKey | key of JSON web tokens | signing | JWT_SECRET | 32 | yes
@nestjs/passport | PassportStrategy.() | 0.clientSecret 0.consumerSecret | client secret of a login provider | api | OAUTH_CLIENT_SECRET | 0 | yes
@nestjs/core | NestFactory.create | 1.cookies.secret 2.cookies.secret | cookie secret | signing | COOKIE_SECRET | 32
@nestjs/typeorm @nestjs/sequelize | TypeOrmModule.forRoot SequelizeModule.forRoot | 0.password | database password | password | DB_PASSWORD | 0
express-session | . | 0.secret | session secret | signing | SESSION_SECRET | 32
@fastify/jwt fastify-jwt | . fastifyJwt | 0.secret | key of JSON web tokens | signing | JWT_SECRET | 32 | yes
@fastify/session fastify-session | . fastifySession | 0.secret | session secret | signing | SESSION_SECRET | 32 | yes
@fastify/secure-session fastify-secure-session | . | 0.secret 0.key | session secret | signing | SESSION_SECRET | 32 | yes
@fastify/cookie fastify-cookie | . fastifyCookie | 0.secret | cookie secret | signing | COOKIE_SECRET | 32
cookie-session | . | 0.secret 0.keys | session secret | signing | SESSION_SECRET | 32 | yes
client-sessions | . | 0.secret | session secret | signing | SESSION_SECRET | 32 | yes
iron-session | getIronSession ironSession withIronSession | 0.password 2.password | session secret | signing | SESSION_SECRET | 32
cookie-parser | . | 0 | cookie secret | signing | COOKIE_SECRET | 32
cookie-signature | sign unsign | 1 | cookie secret | signing | COOKIE_SECRET | 32
keygrip | . | 0 | cookie secret | signing | COOKIE_SECRET | 32
@fastify/csrf-protection | . | 0.csrfOpts.hmacKey | CSRF secret | signing | CSRF_SECRET | 32
csrf-csrf | doubleCsrf | 0.getSecret | CSRF secret | signing | CSRF_SECRET | 32
tiny-csrf | . | 0 | CSRF secret | signing | CSRF_SECRET | 32
crypto | createHmac | 1 | key of an HMAC | signing | HMAC_SECRET | 32
crypto | createSecretKey | 0 | secret key | signing | SECRET_KEY | 32
crypto | subtle.importKey webcrypto.subtle.importKey | 1 | secret key | signing | SECRET_KEY | 32
crypto | createCipheriv createDecipheriv createCipher createDecipher | 1 | encryption key | signing | ENCRYPTION_KEY | 16
crypto-js | AES.encrypt AES.decrypt TripleDES.encrypt TripleDES.decrypt | 1 | encryption key | signing | ENCRYPTION_KEY | 16
crypto-js | HmacSHA1 HmacSHA256 HmacSHA512 HmacMD5 | 1 | key of an HMAC | signing | HMAC_SECRET | 32
cryptr simple-crypto-js encryptjs | . default SimpleCrypto | 0 | encryption key | signing | ENCRYPTION_KEY | 16
@octokit/webhooks | Webhooks | 0.secret | webhook secret | signing | WEBHOOK_SECRET | 0
svix standardwebhooks | Webhook | 0 | webhook secret | signing | WEBHOOK_SECRET | 0
express-openid-connect | auth | 0.secret 0.clientSecret | session secret | signing | AUTH_SECRET | 32
express-basic-auth | . | 0.users.* | password of a user | password | BASIC_AUTH_PASSWORD | 0
pg | Pool Client native.Pool | 0.password | database password | password | DB_PASSWORD | 0
mysql mysql2 mysql2/promise mariadb | createConnection createPool createPoolCluster | 0.password | database password | password | DB_PASSWORD | 0
mssql | connect ConnectionPool | 0.password | database password | password | DB_PASSWORD | 0
knex | . knex | 0.connection.password | database password | password | DB_PASSWORD | 0
sequelize sequelize-typescript | Sequelize . | 2 0.password | database password | password | DB_PASSWORD | 0
typeorm | DataSource createConnection | 0.password | database password | password | DB_PASSWORD | 0
mongoose | connect createConnection | 1.pass 1.password 1.auth.password | database password | password | DB_PASSWORD | 0
mongodb | MongoClient MongoClient.connect | 1.auth.password | database password | password | DB_PASSWORD | 0
redis ioredis | createClient createCluster . Redis Cluster | 0.password | Redis password | password | REDIS_PASSWORD | 0
bull bullmq | . Queue Worker | 1.redis.password 1.connection.password 2.connection.password | Redis password | password | REDIS_PASSWORD | 0
neo4j-driver | auth.basic | 1 | database password | password | DB_PASSWORD | 0
kafkajs | Kafka | 0.sasl.password | Kafka password | password | KAFKA_PASSWORD | 0
nodemailer | createTransport | 0.auth.pass 0.auth.password 0.auth.clientSecret 0.auth.refreshToken | password of the mail account | password | SMTP_PASSWORD | 0
@nestjs-modules/mailer | MailerModule.forRoot | 0.transport.auth.pass | password of the mail account | password | SMTP_PASSWORD | 0
emailjs | SMTPClient | 0.password | password of the mail account | password | SMTP_PASSWORD | 0
stripe | . Stripe | 0 | Stripe key | api | STRIPE_SECRET_KEY | 0
stripe | ()..constructEvent ()..constructEventAsync | 2 | Stripe webhook secret | signing | STRIPE_WEBHOOK_SECRET | 0
twilio | . Twilio | 1 | Twilio token | api | TWILIO_AUTH_TOKEN | 0
@sendgrid/mail | setApiKey | 0 | SendGrid key | api | SENDGRID_API_KEY | 0
resend | Resend | 0 | Resend key | api | RESEND_API_KEY | 0
postmark | ServerClient Client | 0 | Postmark token | api | POSTMARK_TOKEN | 0
mailgun-js | . | 0.apiKey | Mailgun key | api | MAILGUN_API_KEY | 0
mailgun.js | ()..client | 0.key | Mailgun key | api | MAILGUN_API_KEY | 0 | yes
openai | . OpenAI | 0.apiKey | OpenAI key | api | OPENAI_API_KEY | 0
@anthropic-ai/sdk | . Anthropic | 0.apiKey | Anthropic key | api | ANTHROPIC_API_KEY | 0
aws-sdk | config.update S3 SES SNS SQS DynamoDB Credentials | 0.secretAccessKey 0.credentials.secretAccessKey 1 | AWS secret key | api | AWS_SECRET_ACCESS_KEY | 0
@aws-sdk/client-s3 @aws-sdk/client-ses @aws-sdk/client-sns @aws-sdk/client-sqs @aws-sdk/client-dynamodb | S3Client S3 SESClient SES SNSClient SQSClient DynamoDBClient | 0.credentials.secretAccessKey | AWS secret key | api | AWS_SECRET_ACCESS_KEY | 0
cloudinary | config v2.config | 0.api_secret | Cloudinary secret | api | CLOUDINARY_API_SECRET | 0
pusher | . | 0.secret | Pusher secret | api | PUSHER_SECRET | 0
razorpay | . | 0.key_secret | Razorpay secret | api | RAZORPAY_KEY_SECRET | 0
algoliasearch | . algoliasearch | 1 | Algolia key | api | ALGOLIA_API_KEY | 0
@slack/web-api | WebClient | 0 | Slack token | api | SLACK_TOKEN | 0
@slack/bolt | App | 0.token 0.signingSecret | Slack secret | api | SLACK_SIGNING_SECRET | 0
telegraf | Telegraf | 0 | Telegram token | api | TELEGRAM_BOT_TOKEN | 0
discord.js | Client..login | 0 | Discord token | api | DISCORD_TOKEN | 0
@octokit/rest octokit | Octokit | 0.auth | GitHub token | api | GITHUB_TOKEN | 0
minio | Client | 0.secretKey | storage secret | api | MINIO_SECRET_KEY | 0
web-push | setVapidDetails | 2 | VAPID private key | api | VAPID_PRIVATE_KEY | 0
livekit-server-sdk | AccessToken | 1 | LiveKit secret | api | LIVEKIT_API_SECRET | 0
`

/** Strategies of passport all take what the provider handed out under one of these names. */
const strategy: SinkLine = {
  path: 'Strategy',
  places: ['0.clientSecret', '0.consumerSecret', '0.client_secret'],
  what: 'client secret of a login provider',
  kind: 'api',
  variable: 'OAUTH_CLIENT_SECRET',
  bytes: 0,
  failsAtStart: true,
}

const table = readTable()

/** Where a package takes secrets. */
export function sinksOf(packageName: string): readonly SinkLine[] {
  const known = table.get(packageName)
  if (known !== undefined) return known
  return packageName.includes('passport-') && /^(@[\w-]+\/)?passport-/.test(packageName)
    ? [strategy, { ...strategy, path: 'OAuth2Strategy' }]
    : []
}

function readTable(): ReadonlyMap<string, readonly SinkLine[]> {
  const found = new Map<string, SinkLine[]>()
  for (const line of lines.trim().split('\n')) {
    const [packages = '', paths = '', places = '', what = '', kind = '', variable = '', bytes = '', fails] = line.split(' | ')
    for (const name of packages.split(' ')) {
      const sinks = found.get(name) ?? []
      found.set(name, sinks)
      for (const path of paths.split(' '))
        sinks.push({
          path: path === '.' ? '' : path,
          places: places.split(' '),
          what,
          kind: kind as SinkKind,
          variable,
          bytes: Number(bytes),
          failsAtStart: fails === 'yes',
        })
    }
  }
  return found
}
