import cors from '@fastify/cors'

export const autoConfig = { origin: ['https://notes.example.com'] }

export default cors
