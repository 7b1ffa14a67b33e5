import { Router } from 'express'

const router = Router()

router.post('/', (req, res) => res.status(201).json({ ordered: req.body.product }))
router.get('/broken', async (req, res, next) => {
  try {
    throw new Error('orders table is locked')
  } catch (error) {
    next(error)
  }
})

export { router }
