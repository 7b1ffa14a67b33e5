class Payments {
  constructor() {
    this.rows = [{ id: 1, amount: 5 }]
  }

  async find(req, res) {
    const row = this.rows.find(each => each.id === Number(req.params.id))
    if (!row) throw new Error('payments: row missing', { cause: 'SELECT amount FROM payments' })
    res.json(row)
  }

  async create(req, res) {
    this.rows.push({ id: this.rows.length + 1, amount: req.body.amount })
    res.status(201).json({ id: this.rows.length })
  }

  async refund(req, res) {
    res.status(202).json({ refunded: req.body.amount })
  }
}

module.exports = Payments
