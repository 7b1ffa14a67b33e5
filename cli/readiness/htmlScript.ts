// The script of the readiness page: filters the routes, and unfolds everything for paper.

export const SCRIPT = `
'use strict'
const field = (id) => document.getElementById(id)
const text = field('filter-text'), method = field('filter-method'), missing = field('filter-missing'), count = field('filter-count')
if (text) {
  const rows = [...field('routes').tBodies[0].rows]
  const apply = () => {
    const wanted = text.value.trim().toLowerCase()
    let shown = 0
    for (const row of rows) {
      const fits = row.dataset.text.includes(wanted) && (!method.value || row.dataset.method === method.value) && (!missing.value || row.dataset.lacks.split(' ').includes(missing.value))
      row.hidden = !fits
      if (fits) shown++
    }
    count.textContent = shown === rows.length ? shown + (shown === 1 ? ' route.' : ' routes.') : shown + ' of ' + rows.length + ' routes.'
  }
  const reset = () => { text.value = ''; method.value = ''; missing.value = ''; apply() }
  field('filter').hidden = false
  for (const control of [text, method, missing]) control.addEventListener('input', apply)
  field('filter-reset').addEventListener('click', () => { reset(); text.focus() })
  field('filter').addEventListener('keydown', (event) => { if (event.key === 'Escape') reset() })
}
let folded = []
addEventListener('beforeprint', () => { folded = [...document.querySelectorAll('details:not([open])')]; for (const one of folded) one.open = true })
addEventListener('afterprint', () => { for (const one of folded) one.open = false })
`
