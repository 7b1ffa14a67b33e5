const router = require('express').Router()

router.get('/', (req, res) => res.json([]))
router.get('/broken', (req, res, next) => {
  next(new Error('article store is offline'))
})

module.exports = router
