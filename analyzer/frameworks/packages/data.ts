// Packages that store, send, pay, queue or compute, and those that have no effect on requests at all, so that "listed with no effect" is an answer.

/** One effect per line, in the notation of packageTable.ts. */
export const dataPackages = `
orm: mongoose mongoose#Schema sequelize typeorm sequelize-typescript objection bookshelf waterline mikro-orm @mikro-orm/core
  @mikro-orm/postgresql @mikro-orm/mongodb @mikro-orm/mysql drizzle-orm drizzle-orm/node-postgres drizzle-orm/mysql2
  drizzle-orm/better-sqlite3 drizzle-orm/pg-core drizzle-orm/mysql-core drizzle-orm/sqlite-core drizzle-orm/postgres-js @prisma/client
  prisma @typegoose/typegoose typegoose redbean-node orm2 camo ottoman monk mongorito dynamoose massive joist-orm kysely knex slonik
  mongoose-paginate-v2 mongoose-paginate mongoose-unique-validator mongoose-autopopulate mongoose-delete mongoose-sequence
  mongoose-lean-virtuals mongoose-aggregate-paginate-v2
database: mongodb pg mysql mysql2 mysql2/promise mariadb mariadb/callback sqlite3 better-sqlite3 sqlite sql.js @libsql/client libsql mssql
  tedious oracledb pg-promise pg-pool postgres neo4j-driver cassandra-driver couchbase nano pouchdb rethinkdb arangojs
  @elastic/elasticsearch elasticsearch @opensearch-project/opensearch influx @influxdata/influxdb-client @clickhouse/client
  @neondatabase/serverless @planetscale/database @supabase/supabase-js faunadb nedb nedb-promises @seald-io/nedb lowdb level levelup
  @google-cloud/firestore @google-cloud/datastore @google-cloud/bigquery @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb snowflake-sdk
  @pinecone-database/pinecone weaviate-client weaviate-ts-client @qdrant/js-client-rest chromadb @zilliz/milvus2-sdk-node meilisearch
  typesense algoliasearch firebase mongodb-memory-server questdb-client kafka-node-db surrealdb.js gremlin ldapts hdb @sap/hana-client
  ibm_db odbc tarantool-driver
cache: redis ioredis node-cache lru-cache memcached memjs cache-manager cache-manager-redis-store cache-manager-ioredis keyv @keyv/redis
  flat-cache quick-lru @upstash/redis handy-redis redis-commander catbox cacheman
mail: nodemailer @sendgrid/mail sendgrid mailgun-js mailgun.js postmark resend mandrill mandrill-api @mailchimp/mailchimp_transactional
  @mailchimp/mailchimp_marketing mailchimp-api-v3 sib-api-v3-sdk @getbrevo/brevo email-templates emailjs @emailjs/nodejs
  @aws-sdk/client-ses @aws-sdk/client-sesv2 node-mailjet mailersend sparkpost nodemailer-express-handlebars nodemailer-sendgrid
  nodemailer-mailgun-transport mailgen @plunk/node customerio-node loops
sms: @vonage/server-sdk nexmo messagebird plivo @aws-sdk/client-sns africastalking msg91 termii-node telnyx sinch textlocal web-push
  firebase-messaging onesignal-node expo-server-sdk node-pushnotifications apn fcm-node
payment: stripe @paypal/checkout-server-sdk paypal-rest-sdk @paypal/paypal-server-sdk braintree razorpay square @square/square adyen
  @adyen/api-library mollie @mollie/api-client paystack paystack-api flutterwave-node-v3 midtrans-client authorizenet iyzipay mercadopago
  coinbase-commerce-node @lemonsqueezy/lemonsqueezy.js @paddle/paddle-node-sdk
queue: bull bullmq bee-queue agenda kue amqplib amqp-connection-manager amqp kafkajs kafka-node node-rdkafka @aws-sdk/client-sqs
  sqs-consumer nats mqtt stompit rascal pg-boss graphile-worker @google-cloud/pubsub @google-cloud/tasks @azure/service-bus rsmq
  celery-node zeromq node-cron cron node-schedule toad-scheduler bree later croner worker-farm workerpool piscina threads
cloud: aws-sdk @aws-sdk/client-s3 @aws-sdk/s3-request-presigner @aws-sdk/lib-storage @aws-sdk/client-secrets-manager @aws-sdk/client-ssm
  @aws-sdk/client-kms @aws-sdk/client-cognito-identity-provider @aws-sdk/client-lambda @aws-sdk/client-cloudwatch-logs
  @aws-sdk/credential-providers @aws-sdk/client-bedrock-runtime @aws-sdk/client-sts @google-cloud/storage @google-cloud/secret-manager
  @google-cloud/vision @google-cloud/translate @google-cloud/text-to-speech @google-cloud/speech @google-cloud/kms googleapis
  @azure/storage-blob @azure/identity @azure/keyvault-secrets @azure/cosmos @azure/msal-node cloudinary imagekit minio openai
  @anthropic-ai/sdk @google/generative-ai @google/genai @google-cloud/vertexai cohere-ai groq-sdk replicate @huggingface/inference
  langchain @langchain/core @langchain/openai @langchain/community @langchain/anthropic llamaindex ollama @mistralai/mistralai node-vault
  dockerode kubernetes-client @kubernetes/client-node contentful @sanity/client airtable @notionhq/client @octokit/rest octokit
  @slack/web-api @hubspot/api-client jsforce xero-node shippo easypost pubnub agora-access-token agora-token livekit-server-sdk
  @mux/mux-node zoomus discord.js telegraf node-telegram-bot-api whatsapp-web.js twitter-api-v2 instagram-private-api spotify-web-api-node
http-client: axios node-fetch got superagent request request-promise request-promise-native undici ky ofetch cross-fetch isomorphic-fetch
  needle phin bent wretch make-fetch-happen axios-retry axios-cookiejar-support tough-cookie fetch-retry soap strong-soap http-proxy-agent
  https-proxy-agent socks-proxy-agent proxy-agent agentkeepalive hpagent global-agent graphql-request @grpc/grpc-js @grpc/proto-loader
  axios-ntlm ssrf-req-filter
template: ejs pug jade handlebars hbs mustache nunjucks eta liquidjs swig consolidate marko squirrelly dot twig vash hogan.js mjml
  react-dom/server @react-email/components @react-email/render juice marked markdown-it showdown remarkable
child-process: execa shelljs cross-spawn zx node-pty tree-kill ps-node systeminformation-exec simple-git
file-system: fs-extra graceful-fs rimraf mkdirp glob globby fast-glob tmp tmp-promise del chokidar node-watch watch klaw recursive-readdir
  readdirp make-dir move-file cpy unzipper archiver adm-zip jszip yauzl extract-zip tar tar-fs tar-stream decompress find-up pkg-dir
  app-root-path write-file-atomic proper-lockfile file-type read-pkg read-pkg-up pkg-up require-all require-dir require-directory
  include-all
media: sharp jimp gm imagemagick canvas fluent-ffmpeg ffmpeg-static @ffmpeg-installer/ffmpeg pdfkit pdf-lib pdfmake pdf-parse pdfjs-dist
  html-pdf puppeteer puppeteer-core playwright playwright-core exceljs xlsx docx docxtemplater mammoth tesseract.js heic-convert
  officeparser textract node-unrtf epub2
none: csv-parse csv-parser csv-stringify csv-writer fast-csv papaparse qrcode qr-image bwip-js jsbarcode svg-captcha captchapng image-size
  probe-image-size exif-parser blurhash html-to-text cheerio jsdom
`
