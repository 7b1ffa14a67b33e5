var people = { ada: { name: 'Ada' } }

exports.find = async name => people[name]

exports.list = function (req, res) {
  res.json(req.params.id ? { id: req.params.id } : Object.values(people))
}
