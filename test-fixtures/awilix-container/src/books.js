module.exports = ({ logger }) => {
  const books = []
  return {
    list: (req, res) => res.json(books),
    add: (req, res) => {
      books.push({ title: req.body.title })
      logger.info({ count: books.length }, 'book added')
      res.status(201).json({ id: books.length })
    },
    loans: (req, res, next) => next(new Error(`no loans table for ${req.params.id}`)),
  }
}
