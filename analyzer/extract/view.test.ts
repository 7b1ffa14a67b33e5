// What templates of pages print, ask and bring in.
import { expect, test } from 'vitest'
import { extractFacts } from './extractFacts.js'

const spokenOf = (file: string, text: string): readonly string[] => {
  const facts = extractFacts(file, text)
  if (facts.kind !== 'deployment') return []
  return facts.entries
    .map(({ key, value, node }) => {
      const [start = 0, end = 0] = facts.spans.slice(2 * node, 2 * node + 2)
      expect(key[0] === 'include' ? text.slice(start, end) : text.slice(start, end).replace(/\?|locals\.|this\.|it\./g, '')).toContain(
        value === '*' ? '-' : value,
      )
      return `${key.join()} ${value}`
    })
    .filter((one) => !/ (if|include|typeof|with|value|class|href|row)$/.test(one))
}

test('EJS: prose, comments and texts are none', () => {
  const text = [
    "<%- include('partials/head', { title: 'error.stack' }) %>",
    '<% if (error) { %><p class="error">An error.stack</p><%= locals.error?.message %><% } %>',
    '<%# error.stack %><%% error.stack %>',
    "<%= err.expose ? err.message : 'Sorry' %><%_ typeof trace _%>",
    '<% include footer %>',
    '<% if (trace && error.stack) { %><%- include(`pages/${kind}`) %><% } %><%= names.includes(name) %>',
  ].join('\n')
  expect(spokenOf('views/a.ejs', text)).toEqual([
    'include partials/head',
    'mention title',
    'asked error',
    'printed error.message',
    'asked err.expose',
    'mention err.message',
    'asked trace',
    'include footer',
    'asked trace',
    'asked error.stack',
    'include pages/${kind}',
    'mention pages',
    'mention $',
    'mention kind',
    'mention names.includes',
    'mention name',
  ])
  // With a sign of its own.
  const [all] = [extractFacts('views/b.ejs', '<?= error.stack ?>')].flatMap((facts) => (facts.kind === 'deployment' ? facts.entries : []))
  expect(all).toMatchObject({ key: ['mention'], value: '*' })
})

test('Handlebars: partials and blocks', () => {
  const text =
    '{{> pages/head title=name}}{{#if error}}{{{error.message}}}{{../error.code}}{{@root.error.info}}{{/if}}{{!-- {{error.stack}} --}}{{#with error}}{{stack}}{{/with}}'
  expect(spokenOf('views/a.hbs', text)).toEqual([
    'include pages/head',
    'mention title',
    'mention name',
    'asked error',
    'printed error.message',
    'printed error.code',
    'printed error.info',
    'mention error',
    'printed stack',
  ])
})

test('Pug: tags and their prose are none, attributes and code are', () => {
  const text = [
    'extends ../layout',
    'include mixins/form.pug',
    'if error',
    '  h1.error#error An error.stack #{error.message}',
    '  p= error.status',
    '  input(value=given.name class="error.stack") error.stack',
    '  li: a(href=link)= label',
    '  | error.stack !{text}',
    '  // error.stack',
    '  +row(entry)',
  ].join('\n')
  expect(spokenOf('views/a.pug', text)).toEqual([
    'include ../layout',
    'include mixins/form.pug',
    'asked error',
    'printed error.message',
    'printed error.status',
    'mention given.name',
    'mention link',
    'printed label',
    'printed text',
    'mention entry',
  ])
  const further = [
    '//-',
    '  pre= error.stack',
    '',
    '  p #{error.code}',
    'p Oops #[code= error.message] or not',
    "a(href='x').button= error.status",
    'div(title=one)(data-x=two) prose',
    'input(',
    '  value = three',
    "  name=')'",
    ')',
    'p error.stack',
  ].join('\n')
  expect(spokenOf('views/c.pug', further)).toEqual([
    'printed error.message',
    'printed error.status',
    'mention title',
    'mention one',
    'mention data',
    'mention x',
    'mention two',
    'mention three',
    'mention name',
  ])
  // A block of code may do anything.
  expect(spokenOf('views/b.pug', '-\n  const all = error.stack\np= all')).toContain('mention *')
})

test('what is printed as a text is told from what code does with a value', () => {
  const printed = (file: string, text: string): readonly string[] => spokenOf(file, text).filter((one) => !one.startsWith('include'))
  expect(printed('views/a.ejs', "<%= error %><%- locals.error -%><%= 'Failed: ' + error %><%= error || 'none' %>")).toEqual(
    Array(4).fill('printed error'),
  )
  expect(
    printed('views/b.ejs', '<% error %><%= show(error) %><%= { error } %><%= [one, error] %>').filter((one) => /error/.test(one)),
  ).toEqual(Array(4).fill('mention error'))
  expect(printed('views/a.pug', 'p= error\n= error\np!= error\np #{error} and #[b= error]\n- error')).toEqual([
    'printed error',
    'printed error',
    'printed error',
    'printed error',
    'printed error',
    'mention error',
  ])
  expect(printed('views/b.pug', 'div(data=error)\neach one in error\n+box(error)').filter((one) => / error$/.test(one))).toEqual([
    'mention error',
    'mention error',
    'mention error',
  ])
  expect(
    printed('views/a.hbs', '{{error}}{{{ error }}}{{&error}}{{~error~}}{{json error}}{{#each error}}{{/each}}{{> box error}}'),
  ).toEqual([
    'printed error',
    'printed error',
    'printed error',
    'printed error',
    'mention json',
    'mention error',
    'mention each',
    'mention error',
    'mention error',
  ])
})

test('comments of JavaScript within tags are none', () => {
  const text =
    "<% // error.stack %><%= error.message /* error.stack */ %><% /* error.stack\n error.sql */ %><%= 'https://a' + error.code // error.stack\n %>"
  expect(spokenOf('views/a.ejs', text)).toEqual(['printed error.message', 'printed error.code'])
  // Two slashes in a text or in a pattern begin none.
  expect(spokenOf('views/b.ejs', '<%= `//${error.stack}` %><%= one.replace(/\\//g, error.stack) %>')).toContain('mention error.stack')
  expect(spokenOf('views/c.pug', "a(href='//host' title=error.stack)")).toContain('mention error.stack')
})
