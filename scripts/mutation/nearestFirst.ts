// The order of test files: those nearest to the broken file first, where most mutants die, so that the other tests need not be repeated for them.
import { dirname, relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** A sequencer of the test runner for mutants of `file`, an absolute path. */
export function nearestFirst(file: string): typeof BaseSequencer {
  return class extends BaseSequencer {
    override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
      const others = await super.sort(specifications)
      return others.toSorted((a, b) => distance(file, a.moduleId) - distance(file, b.moduleId))
    }
  }
}

/** 0 for the file's own tests, then how many folders lie between the two. */
export function distance(file: string, test: string): number {
  if (test === file.replace(/\.ts$/, '.test.ts')) return 0
  const between = relative(dirname(file), dirname(test))
  return between === '' ? 1 : 1 + between.split(/[\\/]/).length
}
