const { promises: fs } = require('fs')
const path = require('path')

exports.download = async (req, res) => {
  try {
    res.send(await fs.readFile(path.join(__dirname, 'files', path.basename(req.params.name))))
  } catch (e) {
    res.status(500).send({ success: false, error: e })
  }
}
