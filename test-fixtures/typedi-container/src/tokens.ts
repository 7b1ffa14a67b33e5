import { Token } from 'typedi'

export const PORT = new Token<number>('port')
export const LOGGER = new Token<Pick<Console, 'info' | 'error'>>('logger')
