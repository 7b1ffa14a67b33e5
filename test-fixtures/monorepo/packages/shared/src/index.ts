export * from './createService'
export { problem, sendProblem } from './problems'
