// The syntax tree that extraction reads: TS-ESTree, in the types of the native parser.
export type * from 'oxc-parser'
