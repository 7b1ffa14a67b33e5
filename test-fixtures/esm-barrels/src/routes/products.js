import { Router } from 'express'

const products = [{ id: 1, name: 'cup' }, { id: 2, name: 'plate' }]
const router = Router()

router.get('/', (req, res) => res.json(products))
router.get('/:id', (req, res) => {
  const product = products.find(each => each.id === Number(req.params.id))
  return product ? res.json(product) : res.status(404).json({ error: 'No such product' })
})

export default router
