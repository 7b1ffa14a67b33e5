// Packages that log, count, trace or identify requests, and those that answer errors.

/** One effect per line, in the notation of packageTable.ts. */
export const observabilityPackages = `
factory logging: morgan pino-http pino-http#pinoHttp express-pino-logger express-winston#logger express-winston#errorLogger
  express-bunyan-logger express-bunyan-logger#errorLogger bunyan-middleware express-requests-logger express-request-logger http-logger
  winston-express-middleware express-logging koa-logger winston-request-logger#create express-pretty-logger log4js#connectLogger
  @moesif/nodejs moesif-nodejs
none: morgan#token morgan#format morgan#compile morgan-json express-winston express-http-context winston-request-logger cls-rtracer
  cls-rtracer#id correlation-id swagger-stats @cloudnative/health-connect @cloudnative/health health-checkup apicache @sentry/node
  @sentry/node#expressIntegration @sentry/tracing @sentry/profiling-node raven @bugsnag/js @bugsnag/plugin-express rollbar @rollbar/node
  airbrake @airbrake/node @honeybadger-io/js elastic-apm-node elastic-apm-node#start newrelic dd-trace hot-shots node-statsd statsd-client
  appmetrics appmetrics-dash applicationinsights @azure/monitor-opentelemetry @opentelemetry/api @opentelemetry/sdk-node
  @opentelemetry/auto-instrumentations-node @opentelemetry/instrumentation-express @opentelemetry/instrumentation-http
  @opentelemetry/instrumentation @opentelemetry/resources @opentelemetry/semantic-conventions @opentelemetry/sdk-trace-node
  @opentelemetry/sdk-trace-base @opentelemetry/sdk-metrics @opentelemetry/exporter-trace-otlp-http
  @opentelemetry/exporter-trace-otlp-proto @opentelemetry/exporter-metrics-otlp-http @opentelemetry/exporter-prometheus
  @opentelemetry/exporter-jaeger jaeger-client zipkin opentracing aws-xray-sdk posthog-node analytics-node @segment/analytics-node
  mixpanel @amplitude/node amplitude universal-analytics langfuse logrocket @highlight-run/node
  @google-cloud/opentelemetry-cloud-trace-exporter @google-cloud/trace-agent @google-cloud/profiler @pyroscope/nodejs pidusage
  systeminformation check-disk-space aws-xray-sdk-express @google-cloud/error-reporting zipkin-instrumentation-express
  express-http-problem-details express-graceful-exit @aikidosec/firewall
plugin logging: morgan-body
logger: pino-http#().logger log4js winston pino bunyan loglevel signale consola tracer npmlog roarr tslog caterpillar debug electron-log
  ololog loglevel-plugin-prefix node-color-log @nestjs/common/logger winston-daily-rotate-file winston-transport winston-elasticsearch
  winston-loki winston-mongodb winston-cloudwatch winston-logstash winston-syslog @google-cloud/logging-winston
  @google-cloud/logging-bunyan @google-cloud/logging pino-pretty pino-roll pino-abstract-transport pino-multi-stream pino-elasticsearch
  pino-loki pino-socket pino-std-serializers rotating-file-stream file-stream-rotator logform @logtail/node @logtail/winston @axiomhq/js
  @axiomhq/winston @datadog/pino logdna loggly node-loggly-bulk winston-loggly-bulk bole js-logger
  simple-node-logger fancy-log gulplog papertrail winston-papertrail logzio-nodejs winston-logzio

middleware: express-http-context#middleware @honeybadger-io/js#requestHandler @honeybadger-io/js#errorHandler
  @google-cloud/error-reporting#().express @google-cloud/error-reporting#ErrorReporting().express
factory request-id: express-request-id cls-rtracer#expressMiddleware connect-requestid express-correlation-id
factory: express-ctx apicache#middleware apicache#options().middleware @sentry/node#Handlers.requestHandler
  @sentry/node#Handlers.tracingHandler @sentry/node#Handlers.errorHandler @sentry/node#expressErrorHandler raven#requestHandler
  raven#errorHandler rollbar#().errorHandler aws-xray-sdk-express#openSegment aws-xray-sdk-express#closeSegment
  zipkin-instrumentation-express#expressMiddleware express-error-handler#httpError express-error-handler#maintenance express-boom
  express-graceful-exit#middleware
factory metrics: response-time express-prom-bundle express-prometheus-middleware @ntegral/express-prometheus express-status-monitor
  swagger-stats#getMiddleware express-metrics
none metrics: prom-client
factory health metrics: express-actuator
answering-factory health: express-healthcheck @cloudnative/health-connect#LivenessEndpoint @cloudnative/health-connect#ReadinessEndpoint
  @cloudnative/health-connect#HealthEndpoint express-health-check
none health: lightship
plugin metrics: apitally
plugin: @sentry/node#setupExpressErrorHandler
runner: @sentry/node#startSpan @sentry/node#startSpanManual @sentry/node#withScope @sentry/node#withIsolationScope @sentry/node#continueTrace
  @sentry/node#suppressTracing @sentry/nestjs#startSpan @sentry/core#startSpan @opentelemetry/api#context.with dd-trace#trace
factory error-handler: errorhandler express-error-handler api-error-handler express-api-error-handler strong-error-handler
  express-http-problem-details#HttpProblemResponse
  serve-error
error: http-problem-details @tinyhttp/error youch problem-json http-errors @hapi/boom boom verror restify-errors ts-custom-error
  custom-error ono @jsdevtools/ono serialize-error error-stack-parser stack-trace pretty-error http-status http-status-codes statuses
  es6-error make-error extend-error http-json-errors ts-httpexceptions http-errors-enhanced neverthrow await-to-js
plugin async-errors: express-async-errors express-async-await express-promise-patch
answering: finalhandler
`
