export { createLogger, type LoggerOptions } from './create-logger.ts';
export { createTracing, type Tracing, type TracingSettings } from './create-tracing.ts';
export { errorFacts } from './error-facts.ts';
export { LOG_FIELDS } from './log-fields.ts';
export { openOtlpTracing, type OtlpSettings } from './open-otlp-tracing.ts';
export { scrub } from './scrub.ts';
