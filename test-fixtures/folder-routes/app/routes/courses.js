const router = require('express').Router()

router.get('/', (req, res) => res.json([{ id: 1, title: 'Logic' }]))
router.get('/:id', (req, res) => res.json({ id: req.params.id }))

module.exports = router
