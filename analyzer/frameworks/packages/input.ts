// Packages that validate, sanitise or parse what a request carries.

/** One effect per line, in the notation of packageTable.ts. */
export const inputPackages = `
factory validation: express-validator express-validator#body express-validator#check express-validator#cookie express-validator#header
  express-validator#param express-validator#query express-validator#oneOf express-validator#checkSchema express-validator#checkExact
  express-validator#buildCheckFunction() express-validator#().body express-validator#().query express-validator#().param
  express-validator/check celebrate celebrate#celebrate celebrate#celebrator() express-joi-validation#createValidator().body
  express-joi-validation#createValidator().query express-joi-validation#createValidator().params
  express-joi-validation#createValidator().headers express-joi-validation#createValidator().fields express-joi-validator
  express-validation express-validation#validate express-joi zod-express-middleware zod-express-middleware#validateRequest
  zod-express-middleware#validateRequestBody zod-express-middleware#validateRequestQuery zod-express-middleware#validateRequestParams
  zod-express-middleware#processRequest zod-express-middleware#processRequestBody express-zod-safe express-zod-validate zod-express
  zod-express#validateRequest express-zod-schema express-openapi-validator express-openapi-validator#middleware
  openapi-validator-middleware swagger-express-validator express-ajv-swagger-validation express-jsonschema express-jsonschema#validate
  express-json-validator-middleware#().validate express-json-validator-middleware#Validator().validate express-yup
  express-yup-middleware#expressYupMiddleware express-superstruct class-validator-middleware express-class-validator
   openapi-enforcer-middleware
none: express-validator#buildCheckFunction express-validator#matchedData express-validator#ExpressValidator celebrate#celebrator
  celebrate#Segments celebrate#isCelebrateError effect class-transformer joi-objectid
  joi-password-complexity @asteasolutions/zod-to-openapi zod-validation-error express-joi-validation
  express-joi-validation#createValidator express-json-validator-middleware express-yup-middleware openapi-backend swagger-tools oas-tools
  swagger-express-middleware body-parser-xml raw-body co-body busboy formidable multiparty perfect-express-sanitizer xss sanitize-html
  dompurify isomorphic-dompurify mongo-sanitize
schema validation: express-validator#validationResult express-validator/check#validationResult celebrate#Joi joi @hapi/joi joi-browser zod
  zod/v3 zod/v4 yup ajv ajv-formats ajv-errors ajv-keywords valibot superstruct arktype io-ts runtypes typia effect#Schema @sinclair/typebox @sinclair/typebox/compiler
  @sinclair/typebox/value fastest-validator vine @vinejs/vine jsonschema is-my-json-valid tv4 validatorjs node-input-validator indicative
  validator class-validator class-transformer-validator validate.js express-validation#Joi express-json-validator-middleware#Validator
factory sanitize: express-validator#sanitizeBody express-validator#sanitize express-validator/filter express-mongo-sanitize xss-clean hpp
  express-xss-sanitizer express-xss-sanitizer#xss perfect-express-sanitizer#clean express-sanitizer
  express-html-sanitizer content-filter @exortek/express-mongo-sanitize
factory error-handler: celebrate#errors
env-schema: envalid env-var @t3-oss/env-core znv dotenv-safe convict env-schema
error: express-validation#ValidationError multer#MulterError
framework: express-zod-api
plugin validation: express-openapi
plugin health: @godaddy/terminus
factory body-parser: body-parser body-parser#json body-parser#urlencoded body-parser#raw body-parser#text express-xml-bodyparser
plugin upload: express-busboy
factory: multer express-query-parser express-query-boolean qs-middleware
factory upload: multer#().single multer#().array multer#().fields multer#().any multer#().none express-fileupload connect-busboy
  express-formidable connect-multiparty express-form-data express-form-data#parse
store: multer#diskStorage multer#memoryStorage multer-s3 multer-gridfs-storage multer-storage-cloudinary
middleware sanitize: express-trimmer
`
