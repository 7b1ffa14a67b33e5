// What the command line knows of its surroundings. Tests hand in their own.
import picocolors from 'picocolors'

export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isOutTty: boolean
  readonly isErrTty: boolean
  /** Width of the terminal, where there is one. */
  readonly columns: number
  /** Milliseconds from an arbitrary start. */
  readonly now: () => number
  /** The day as YYYY-MM-DD. */
  readonly today: () => string
  /** Asks the person at the keyboard, whose answer is null once the input has ended; null where there is nobody. */
  readonly ask: ((question: string) => Promise<string | null>) | null
  /** All that comes in on standard input. */
  readonly readInput: () => Promise<string>
  /** Ends what would go on for ever; null where the process is ended instead. */
  readonly stop: AbortSignal | null
}

export type Colors = ReturnType<typeof picocolors.createColors>

/** For what is written to files and to other programs. */
export const PLAIN: Colors = picocolors.createColors(false)

/** NO_COLOR wins over FORCE_COLOR (no-color.org); without either, colours go to terminals only. */
export function colorsFor(terminal: Terminal): Colors {
  return picocolors.createColors(wantsColor(terminal))
}

function wantsColor({ env, isOutTty }: Terminal): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  return isOutTty && env['TERM'] !== 'dumb'
}

/** Shows what is being done, on a terminal's error stream only, and wipes it away when it is done. */
export function createProgress(terminal: Terminal): { readonly show: (step: string) => void; readonly clear: () => void } {
  const isShown = terminal.isErrTty && terminal.env['TERM'] !== 'dumb' && (terminal.env['CI'] ?? '') === ''
  if (!isShown) return { show: () => undefined, clear: () => undefined }
  return { show: (step) => terminal.err(`\r\u001b[2K${step}…`), clear: () => terminal.err('\r\u001b[2K') }
}

/** Source text and file names may hold control characters that would steer the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what must not reach a terminal
  return text.replace(/\t/g, '  ').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\u00b7')
}
