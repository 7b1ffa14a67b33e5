// Where sessions are kept, and whether other sites can act for whoever they belong to.
import type { Answer, ProjectModel } from '../../model/model.js'
import { loadedPackages } from '../../model/loadedPackages.js'
import { identityCookies } from '../../model/sessions/identityCookies.js'
import { keepsInMemory, memorySessions } from '../../model/sessions/memorySessions.js'
import { sessionSetups } from '../../model/sessions/sessionSetups.js'
import { locationKey } from '../../text/location.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { unlessFound } from '../fromFindings.js'

export const sessionStores: readonly ControlDefinition[] = [
  {
    id: 'session-store',
    area: 'sessions',
    title: 'Sessions outlive a restart and are known to every process',
    weight: 2,
    rules: ['no-memory-session-store'],
    judge: keptSessions,
  },
  {
    id: 'csrf-protection',
    area: 'sessions',
    title: 'Other sites cannot act for whoever is logged in',
    weight: 2,
    rules: ['require-csrf-protection'],
    judge: forgery,
  },
]

/** One answer for each place that sets sessions up; a store that a condition brings is a store. */
function keptSessions({ model }: Context): readonly Judgement[] {
  const inMemory = new Set(memorySessions(model).map(({ setup }) => locationKey(setup.call.at)))
  const places = new Map<string, Judgement>()
  for (const setup of sessionSetups(model)) {
    const key = locationKey(setup.call.at)
    const answer = inMemory.has(key) ? 'yes' : keepsInMemory(setup) === 'unknown' ? 'unknown' : 'no'
    places.set(key, { ...KEPT[answer], shown: [{ at: setup.call.at, note: setup.package }], app: null })
  }
  return places.size > 0 ? [...places.values()] : [withoutAny(model, 'No session is kept.', 'Where sessions of')]
}

const KEPT: Readonly<Record<Answer, Pick<Judgement, 'status' | 'text'>>> = {
  yes: { status: 'missing', text: 'Sessions are in the memory of one process: a restart logs everybody out.' },
  no: { status: 'in-place', text: 'Sessions are in a store, or in their cookie.' },
  unknown: { status: 'not-known', text: 'Which store keeps the sessions is not known.' },
}

function forgery(context: Context): readonly Judgement[] {
  const cookies = identityCookies(context.model)
  if (cookies.length === 0) return [withoutAny(context.model, 'No cookie was found that says who asks.', 'Requests with cookies of')]
  return unlessFound(context, ['require-csrf-protection'], {
    text: 'No route was found that other sites can have a browser ask for with the cookie of a user.',
    shown: cookies.slice(0, 8).map(({ call, title }) => ({ at: call.at, note: title })),
  })
}

/** What other packages do with sessions is no all-clear. */
function withoutAny(model: ProjectModel, text: string, subject: string): Judgement {
  const other = [...loadedPackages(model)].find((name) => /\b(sessions?|iron|lucia|better-auth|next-auth)\b/.test(name))
  return other === undefined
    ? { status: 'not-applicable', text, shown: [], app: null }
    : { status: 'not-judged', text: `${subject} ${other} are not looked at.`, shown: [], app: null }
}
