// The modules that Node itself brings: they are packages to the boot, never files of the project.

const BUILTINS: ReadonlySet<string> = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 ' +
    'https inspector module net os path perf_hooks process punycode querystring readline repl sea sqlite stream string_decoder sys test ' +
    'timers tls trace_events tty url util v8 vm wasi worker_threads zlib'
  ).split(' '),
)

/** These exist only with the `node:` prefix; without it a package of that name is meant. */
const PREFIX_ONLY: ReadonlySet<string> = new Set(['sea', 'sqlite', 'test'])

/** `name` is the first segment of a specifier, with or without `node:`. */
export function isNodeBuiltin(name: string): boolean {
  if (name.startsWith('node:')) return BUILTINS.has(name.slice('node:'.length))
  return BUILTINS.has(name) && !PREFIX_ONLY.has(name)
}
