const { connect } = require('./src/database')
const { createApp } = require('./src/createApp')

connect()
  .then(async database => {
    const app = await createApp({ database })
    app.get('/ready', (req, res) => res.json({ ready: true }))
    app.listen(process.env.PORT || 3000, () => console.info('bookings are open'))
  })
  .catch(error => {
    console.error('could not start', error)
    process.exit(1)
  })
