// When runs happen: after quiet, not later than the ceiling, one at a time, and never with half of what was received.
import { expect, test } from 'vitest'
import { createSchedule, type Work } from './schedule.js'

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

function counted(parts: Partial<Work> = {}): Work & { readonly runs: () => number } {
  let runs = 0
  return { prepare: () => Promise.resolve(), needsPreparation: () => false, run: () => void (runs += 1), runs: () => runs, ...parts }
}

test('changes in a row are one run', async () => {
  const work = counted()
  const schedule = createSchedule(work, { quiet: 30, longest: 1_000 })
  for (let change = 0; change < 5; change += 1) schedule.touch()
  await schedule.settled()
  expect(work.runs()).toBe(1)
})

test('who never stops typing sees something after the ceiling', async () => {
  const work = counted()
  const schedule = createSchedule(work, { quiet: 10_000, longest: 60 })
  const typing = setInterval(schedule.touch, 5)
  schedule.touch()
  await schedule.settled()
  clearInterval(typing)
  expect(work.runs()).toBe(1)
  schedule.stop()
})

test('in a hurry nothing is waited for', async () => {
  const work = counted()
  const schedule = createSchedule(work, { quiet: 10_000, longest: 10_000 })
  schedule.touch()
  schedule.hurry()
  await schedule.settled()
  expect(work.runs()).toBe(1)
})

test('a run that a change has overtaken while it was prepared is put off', async () => {
  const seen: number[] = []
  let changes = 0
  let isSlow = true
  const schedule = createSchedule(
    counted({
      prepare: async () => {
        if (isSlow) await pause(40)
        isSlow = false
      },
      run: () => void seen.push(changes),
    }),
    { quiet: 20, longest: 1_000 },
  )
  schedule.touch()
  await pause(40)
  changes += 1
  schedule.touch()
  await schedule.settled()
  expect(seen).toEqual([1])
})

test('what has to be read again is read before the run', async () => {
  const order: string[] = []
  let wanted = 2
  const schedule = createSchedule(
    counted({
      prepare: () => {
        order.push('prepare')
        wanted -= 1
        return Promise.resolve()
      },
      needsPreparation: () => wanted > 0,
      run: () => void order.push('run'),
    }),
    { quiet: 1, longest: 10 },
  )
  schedule.touch()
  await schedule.settled()
  expect(order).toEqual(['prepare', 'prepare', 'run'])
})

test('stopped, it runs no more and lets go of everybody who waits', async () => {
  const work = counted()
  const schedule = createSchedule(work, { quiet: 10, longest: 20 })
  schedule.touch()
  const waiting = schedule.settled()
  schedule.stop()
  await waiting
  await pause(30)
  expect(work.runs()).toBe(0)
})
