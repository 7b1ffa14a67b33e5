// Packages of Nest: what their guards, pipes, interceptors and helpers do to the requests that pass them.

/** One effect per line, in the notation of packageTable.ts. Guards and pipes that Nest makes stand as calls of their class. */
export const nestPackages = `
framework: @nestjs/core @nestjs/common @nestjs/platform-express @nestjs/platform-fastify
factory rate-limit: @nestjs/throttler#ThrottlerGuard nestjs-rate-limiter#RateLimiterGuard nestjs-rate-limiter#RateLimiterInterceptor
middleware rate-limit: @nestjs/throttler#ThrottlerGuard.canActivate
none: @nestjs/throttler nestjs-rate-limiter nestjs-throttler-storage-redis @nest-lab/throttler-storage-redis
factory auth: @nestjs/passport#AuthGuard nest-keycloak-connect#AuthGuard nest-keycloak-connect#RoleGuard
  nest-keycloak-connect#ResourceGuard @thallesp/nestjs-better-auth#AuthGuard
none: @nestjs/passport nest-keycloak-connect @thallesp/nestjs-better-auth nest-access-control
factory validation: @nestjs/common#ValidationPipe @nestjs/common#StandardSchemaValidationPipe nestjs-zod#ZodValidationPipe
  nestjs-i18n#I18nValidationPipe
  nestjs-zod#createZodValidationPipe() nestjs-joi#JoiPipe @anatine/zod-nestjs#ZodValidationPipe
factory: @nestjs/common#ParseIntPipe @nestjs/common#ParseFloatPipe @nestjs/common#ParseBoolPipe @nestjs/common#ParseUUIDPipe
  @nestjs/common#ParseEnumPipe @nestjs/common#ParseArrayPipe @nestjs/common#ParseDatePipe @nestjs/common#ParseFilePipe
  @nestjs/common#DefaultValuePipe @nestjs/common#ClassSerializerInterceptor @nestjs/common#CacheInterceptor
  @nestjs/cache-manager#CacheInterceptor nestjs-zod#ZodSerializerInterceptor
factory error-handler: @nestjs/core#BaseExceptionFilter
factory upload: @nestjs/platform-express#FileInterceptor @nestjs/platform-express#FilesInterceptor
  @nestjs/platform-express#FileFieldsInterceptor @nestjs/platform-express#AnyFilesInterceptor @nestjs/platform-express#NoFilesInterceptor
  @nest-lab/fastify-multer#FileInterceptor
none: nestjs-zod nestjs-joi @anatine/zod-nestjs @nest-lab/fastify-multer
none: @nestjs/config @nestjs/swagger @nestjs/typeorm @nestjs/mongoose @nestjs/sequelize @nestjs/axios @nestjs/cqrs @nestjs/schedule
  @nestjs/event-emitter @nestjs/bull @nestjs/bullmq @nestjs/cache-manager @nestjs/mapped-types @nestjs/serve-static @nestjs/websockets
  @nestjs/platform-socket.io @nestjs/platform-ws @nestjs/microservices @nestjs/graphql @nestjs/apollo @nestjs/mercurius @nestjs/terminus
  @nestjs/testing @nestjs/elasticsearch @nestjs/devtools-integration nestjs-slonik nestjs-request-context nestjs-cls nestjs-i18n
  nest-winston nestjs-minio-client nestjs-kysely @mikro-orm/nestjs nestjs-prisma @willsoto/nestjs-prometheus @golevelup/nestjs-rabbitmq
  @nestjs-modules/mailer @nestjs-modules/ioredis @liaoliaots/nestjs-redis @sentry/nestjs nest-commander @nestjs/platform-node
token: @nestjs/jwt
logger: nestjs-pino @nestjs/common#Logger @nestjs/common#ConsoleLogger
`
