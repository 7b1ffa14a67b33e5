// Handlers of Nest get the properties that their classes name, checked, and no others.
import { affected, asvs, cwe, defineRule, evidence, type Problem } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { lenientPipes, uncheckedClasses, type LenientPipe, type RouteInput } from '../../analyzer/model/input/validationPipes.js'
import { routeName } from '../../analyzer/model/routePlaces.js'

export default defineRule({
  id: 'require-validation-whitelist',
  summary: 'A ValidationPipe takes away what no class names, and finds decorators to check the rest by.',
  category: 'input',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['nest'],
  references: [
    cwe(915),
    asvs('5.1.2'),
    { name: 'Nest: stripping properties', url: 'https://docs.nestjs.com/techniques/validation#stripping-properties' },
  ],
  messages: {
    lenient: {
      what: 'This ValidationPipe lets properties through that no class names.',
      why: 'A body may hold more than its class says, such as role or isAdmin. Handlers that pass it on to a database as a whole write that too.',
      how: 'Set whitelist: true. With forbidNonWhitelisted: true such bodies are refused.',
    },
    ineffective: {
      what: 'forbidNonWhitelisted does nothing without whitelist.',
      why: 'The pipe looks for properties that no class names only where whitelist is on. As it stands, bodies with more than their class says come through.',
      how: 'Set whitelist: true beside it.',
    },
    bare: {
      what: 'No decorator says what {type} must hold, so the ValidationPipe checks nothing of it.',
      why: 'The types of TypeScript are gone when a request comes: any value of any type gets to the handler. With whitelist the handler gets an empty object.',
      how: 'Decorate the properties of the class with class-validator: @IsString(), @IsInt(), @IsOptional().',
    },
    typeOnly: {
      what: '{type} is imported as a type, so the ValidationPipe checks nothing of it.',
      why: 'Of a type import nothing is left at run time. The pipe sees Function in place of the class, and its decorators are never asked.',
      how: 'Import the class without `type`.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      if (app.framework !== 'nest') continue
      for (const pipe of lenientPipes(model, app)) if (pipe.checked.length > 0 || pipe.forbids) yield lenient(pipe)
      for (const [first, ...others] of uncheckedClasses(model, app)) if (first !== undefined) yield unchecked(first, others)
    }
  },
})

function lenient({ at, call, forbids, checked, bare }: LenientPipe): Problem<'lenient' | 'ineffective'> {
  // What a class without decorators holds would be taken away with the rest.
  const canStrip = call !== null && bare.length === 0
  return {
    message: forbids ? 'ineffective' : 'lenient',
    at,
    confidence: forbids ? 'high' : 'medium',
    related: checked.slice(0, 3).map(({ route, input }) => evidence(input.at, `${routeName(route)} gets whatever else is in it`)),
    fix: canStrip ? suggestion('Take away what no class names', (editor) => editor.setProperty(call.at, 'whitelist', 'true')) : null,
  }
}

function unchecked(first: RouteInput, others: readonly RouteInput[]): Problem<'bare' | 'typeOnly'> {
  const { at, dto, by, type } = first.input
  return {
    message: by === 'type import' ? 'typeOnly' : 'bare',
    at,
    data: { type: type ?? '' },
    confidence: 'high',
    related: [
      ...others.map(({ route, input }) => affected(input.at, `${routeName(route)} takes one too`)),
      ...(dto === null ? [] : [evidence(dto.at, 'the class')]),
    ],
  }
}
